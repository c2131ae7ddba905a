from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

MANAGER = "amanat_realtime_demo.group_report_manager"
KINDS = ("a4_bw", "a4_color", "a3_bw", "a3_color")
STARTS = tuple(f"{kind}_start" for kind in KINDS)
ENDS = tuple(f"{kind}_end" for kind in KINDS)
# written by the sync, so not by hand
BY_SYNC = "amanat_counter_sync"


class AmanatPrinterCounter(models.Model):
    """The counters of one printer at the begin and at the end of a month."""

    _name = "amanat.printer.counter"
    _inherit = ["amanat.base.model"]
    _description = "Monthly Counter"
    _order = "month_id desc, printer_id, id"
    _rec_name = "printer_id"

    month_id = fields.Many2one(
        "amanat.month.control", required=True, ondelete="cascade", index=True
    )
    printer_id = fields.Many2one("amanat.printer", required=True, index=True)
    has_color = fields.Boolean(related="printer_id.has_color")
    has_a3 = fields.Boolean(related="printer_id.has_a3")
    a4_bw_start = fields.Integer("A4 b/w start", aggregator=None)
    a4_bw_end = fields.Integer("A4 b/w end", aggregator=None)
    a4_color_start = fields.Integer("A4 colour start", aggregator=None)
    a4_color_end = fields.Integer("A4 colour end", aggregator=None)
    a3_bw_start = fields.Integer("A3 b/w start", aggregator=None)
    a3_bw_end = fields.Integer("A3 b/w end", aggregator=None)
    a3_color_start = fields.Integer("A3 colour start", aggregator=None)
    a3_color_end = fields.Integer("A3 colour end", aggregator=None)
    total_prints = fields.Integer(compute="_compute_total_prints", store=True)
    manual_fields = fields.Char(
        "Typed by hand",
        readonly=True,
        copy=False,
        help="Counters that the sync with the inventory leaves alone.",
    )

    _printer_uniq = models.Constraint(
        "UNIQUE(month_id, printer_id)", "This printer is in the month already."
    )

    @api.depends(*STARTS, *ENDS)
    def _compute_total_prints(self):
        for counter in self:
            counter.total_prints = sum(
                max(0, counter[end] - counter[start])
                for start, end in zip(STARTS, ENDS, strict=True)
            )

    def _get_realtime_rooms(self):
        return [self.month_id._room()]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_whole_numbers(vals)
        counters = super().create(vals_list)
        counters.month_id._check_open()
        counters._check_capabilities()
        return counters

    def write(self, vals):
        self.month_id._check_open()
        self._check_allowed(vals)
        self._check_whole_numbers(vals)
        if self.env.context.get(BY_SYNC):
            result = super().write(vals)
        else:
            result = self._write_by_hand(vals)
        if vals.keys() & {"printer_id", "month_id", *STARTS, *ENDS}:
            self.month_id._check_open()
            self._check_capabilities()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_open(self):
        self.month_id._check_open()

    def _write_by_hand(self, vals):
        typed = vals.keys() & set(ENDS)
        result = super().write(vals)
        if typed:
            for counter in self:
                names = typed.union(filter(None, (counter.manual_fields or "").split()))
                note = " ".join(sorted(names))
                if note != counter.manual_fields:
                    super(AmanatPrinterCounter, counter).write({"manual_fields": note})
        return result

    def _check_allowed(self, vals):
        forbidden = vals.keys() - set(ENDS)
        if self.env.su or not forbidden or self.env.user.has_group(MANAGER):
            return
        labels = [self._fields[name]._description_string(self.env) for name in vals]
        raise AccessError(
            self.env._(
                "Only the counters at the end of the month are yours to edit, not: %s",
                ", ".join(sorted(labels)),
            )
        )

    def _check_whole_numbers(self, vals):
        for name in {*STARTS, *ENDS} & vals.keys():
            value = vals[name]
            if value is False or value is None:
                continue
            if isinstance(value, bool) or value != int(value) or value < 0:
                raise ValidationError(
                    self.env._(
                        "%(counter)s must be a whole number, 0 or more, not %(value)s.",
                        counter=self._fields[name]._description_string(self.env),
                        value=value,
                    )
                )

    def _check_capabilities(self):
        for counter in self:
            for name in (*STARTS, *ENDS):
                if counter[name] and not counter._has_counter(name):
                    raise ValidationError(
                        self.env._(
                            "%(printer)s has no counter “%(counter)s”.",
                            printer=counter.printer_id.display_name,
                            counter=self._fields[name]._description_string(self.env),
                        )
                    )

    def action_follow_inventory(self):
        """Let the sync have its way again with what was typed by hand."""
        self.check_access("write")
        self.month_id._check_open()
        self.sudo().manual_fields = False

    @api.model
    def _start_values(self, control, previous, printer):
        last = previous.counter_ids.filtered(lambda c: c.printer_id == printer)
        return {
            "month_id": control.id,
            "printer_id": printer.id,
            **{
                start: last[end]
                for start, end in zip(STARTS, ENDS, strict=True)
                if last
            },
        }

    def _sync(self, step):
        """Take over the last reading of the month, cell by cell.

        The counters are those of one month.

        :param Step step: told of each cell: ``updated``, skipped as typed by ``hand``
            or for want of data, and of each row that is ``recalculated``
        """
        readings = self._last_readings()
        for counter in self:
            counter._sync_one(readings.get(counter.printer_id), step)

    def _last_readings(self):
        """Return the last reading of the month for each printer that has one.

        :rtype: dict[AmanatPrinter, AmanatPrinterReading]
        """
        month = self.month_id.month
        readings = self.env["amanat.printer.reading"].search(
            [
                ("printer_id", "in", self.printer_id.ids),
                ("date", ">=", month),
                ("date", "<", month + relativedelta(months=1)),
            ],
            order="date, id",
        )
        # of a printer's readings, the last one stays
        return {reading.printer_id: reading for reading in readings}

    def _sync_one(self, reading, step):
        total = self.total_prints
        by_hand = set((self.manual_fields or "").split())
        values = {}
        for kind, name in self._synced_cells():
            if name in by_hand:
                step.skip("by_hand")
            elif not reading or not reading[kind]:
                step.skip("no_data")
            elif reading[kind] != self[name]:
                values[name] = reading[kind]
                step(updated=1)
            else:
                step()
        if values:
            self.with_context(**{BY_SYNC: True}).write(values)
        if self.total_prints != total:
            step(0, recalculated=1)

    def _synced_cells(self):
        """Return the counters that the printer has.

        :return: ``(field of a reading, field at the end of the month)``
        :rtype: list[tuple[str, str]]
        """
        self.ensure_one()
        return [
            (kind, name)
            for kind, name in zip(KINDS, ENDS, strict=True)
            if self._has_counter(name)
        ]

    def _has_counter(self, name):
        missing = ("color" in name and not self.has_color) or (
            name.startswith("a3") and not self.has_a3
        )
        return not missing
