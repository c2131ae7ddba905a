"""Finding what others changed in the meantime."""

from .base import line_bases
from .found import Conflict, is_mine, is_unchanged
from .lines import check_lines
from .lock import lock_all
from .properties import merge_properties


class Checker:
    """Compares what is about to be written with what is stored.

    :ivar list[Conflict] conflicts:
    """

    def __init__(self, records, base):
        """
        :param BaseModel records: without our keys in their context
        :param dict base: as :func:`read_base` returns it
        :raise MissingError: if a record is gone
        :raise AccessError: if a record may not be read
        """
        self.records = records
        self.base = base
        self.conflicts = []
        self.existing = lock_all(records, base)
        for record in records.browse(base):
            if record.id not in self.existing[record._name]:
                raise_missing(record)
        records.browse(base).check_access("read")

    def check(self, record, vals):
        """Compare one record.

        :param dict vals: what is to be written
        :return: what to write instead, for nobody's work to be lost
        :rtype: dict
        """
        fields = self.base.get(record.id)
        if not fields or not isinstance(vals, dict):
            return vals
        return self.check_values(record, (), record, vals, fields)

    def check_values(self, root, path, record, vals, fields):
        """Compare one record or line.

        :param BaseModel root: the saved record
        :param tuple path: from there to ``record``
        :param dict vals: what is to be written
        :param dict fields: ``{field: base}``
        :return: what to write instead
        :rtype: dict
        """
        adjusted = {}
        for name, base in fields.items():
            if name not in vals:
                continue
            field = record._fields[name]
            if field.type == "one2many":
                value = check_lines(self, root, path, record, field, vals[name], base)
            elif field.type == "properties" and field.definition_record not in vals:
                value = self._merge(root, path, record, field, vals[name], base)
            else:
                value, linked = vals[name], line_bases(field, base)
                if linked:
                    value = check_lines(self, root, path, record, field, value, linked)
                if not is_unchanged(record, field, base) and not is_mine(
                    record, field, base, value
                ):
                    self.conflicts.append(
                        Conflict(root, path, record, field, base, value)
                    )
            if value is not vals[name]:
                adjusted[name] = value
        return {**vals, **adjusted} if adjusted else vals

    def _merge(self, root, path, record, field, value, base):
        try:
            merged = merge_properties(field, record, value, base)
        except (TypeError, ValueError, KeyError):
            # Odoo will say what is wrong with it
            merged = value if is_unchanged(record, field, base) else None
        if merged is None:
            self.conflicts.append(Conflict(root, path, record, field, base, value))
            return value
        return merged


def raise_missing(record):
    """Raise Odoo's own error about a record that is gone.

    :raise MissingError:
    """
    column = next(
        name
        for name, field in record._fields.items()
        if field.store and field.column_type and name != "id" and not field.groups
    )
    record.invalidate_recordset([column], flush=False)
    record.mapped(column)
