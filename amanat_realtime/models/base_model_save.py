from odoo import models

from ..activation.switches import is_live
from ..conflict.base import KEYS, read_base, take_keys
from ..conflict.check import Checker
from ..conflict.describe import conflict_error
from ..conflict.unattended import save_or_keep


class AmanatBaseModel(models.AbstractModel):
    """Refuse to overwrite what others saved in the meantime.

    Only saves that say what they started from, in the context key
    ``amanat_realtime_base``, are checked.
    """

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    def web_save(self, vals, specification, next_id=None):
        if not KEYS & self.env.context.keys():
            return super().web_save(vals, specification, next_id=next_id)
        records, raw, unattended = take_keys(self)
        base = records._realtime_base(raw)
        plain = super(AmanatBaseModel, records)
        if unattended and records:
            records._realtime_save_or_keep([vals] * len(records), base)
            shown = records.browse(next_id) if next_id else records._realtime_shown()
            return shown.with_context(bin_size=True).web_read(specification)
        vals_list = records._realtime_check([vals] * len(records), base)
        if len(vals_list) > 1:
            vals = records._realtime_write_own(vals_list)
        elif vals_list:
            [vals] = vals_list
        return plain.web_save(vals, specification, next_id=next_id)

    def web_save_multi(self, vals_list, specification):
        if not KEYS & self.env.context.keys():
            return super().web_save_multi(vals_list, specification)
        records, raw, unattended = take_keys(self)
        base = records._realtime_base(raw)
        plain = super(AmanatBaseModel, records)
        if len(records) != len(vals_list):
            # the error is Odoo's
            return plain.web_save_multi(vals_list, specification)
        if unattended:
            records._realtime_save_or_keep(vals_list, base)
            shown = records._realtime_shown().with_context(bin_size=True)
            return shown.web_read(specification)
        vals_list = records._realtime_check(vals_list, base)
        return plain.web_save_multi(vals_list, specification)

    def web_resequence(self, specification, field_name="sequence", offset=0):
        if not KEYS & self.env.context.keys():
            return super().web_resequence(specification, field_name, offset)
        records, raw, _unattended = take_keys(self)
        base = records._realtime_base(raw)
        if field_name in records._fields:
            positions = range(offset, offset + len(records))
            records._realtime_check([{field_name: n} for n in positions], base)
        plain = super(AmanatBaseModel, records)
        return plain.web_resequence(specification, field_name, offset)

    def _realtime_base(self, raw):
        """Return what was sent as base; nothing where the conflict guard is off.

        :param raw: see :func:`read_base`
        :rtype: dict[int, dict]
        """
        off = self.env["amanat.realtime.model"]._models_without("conflicts")
        is_guarded = is_live(self.env, self._name) and self._name not in off
        return read_base(self, raw) if is_guarded else {}

    def _realtime_check(self, vals_list, base):
        """Compare all records before any of them is written.

        :param list[dict] vals_list: one per record
        :param dict base: as :func:`read_base` returns it
        :return: what to write instead
        :rtype: list[dict]
        :raise RealtimeConflictError: if others changed what is to be written
        """
        if not base:
            return vals_list
        checker = Checker(self, base)
        checked = [
            checker.check(record, vals)
            for record, vals in zip(self, vals_list, strict=True)
        ]
        if checker.conflicts:
            raise conflict_error(self, checker.conflicts)
        return checked

    def _realtime_write_own(self, vals_list):
        """Write what merging made different from record to record.

        :return: what all records have in common, yet to be written
        :rtype: dict
        """
        first, *others = vals_list
        if all(vals is first for vals in others):
            return first
        common = {
            name: value
            for name, value in first.items()
            if all(vals[name] is value for vals in others)
        }
        for record, vals in zip(self, vals_list, strict=True):
            own = {name: value for name, value in vals.items() if name not in common}
            if own:
                record.write(own)
        return common

    def _realtime_shown(self):
        # whether there is one that may not be read is not told
        return self.exists()._filtered_access("read")

    def _realtime_save_or_keep(self, vals_list, base):
        """Save without anybody to ask; see :func:`save_or_keep`."""
        # pylint: disable=missing-return
        for record, vals in zip(self, vals_list, strict=True):
            plain = super(AmanatBaseModel, record)
            save_or_keep(
                record, vals, base, lambda rest, plain=plain: plain.web_save(rest, {})
            )
