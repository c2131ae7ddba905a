from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class AmanatMonthControl(models.Model):
    """A month of the report, and until when people may edit it."""

    _name = "amanat.month.control"
    _inherit = ["amanat.base.model"]
    _description = "Month of the Report"
    _order = "month desc"

    month = fields.Date(required=True, help="Any day of the month.")
    edit_until = fields.Datetime(
        "Open until", help="From then on, nobody changes counters of this month."
    )
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    counter_ids = fields.One2many("amanat.printer.counter", "month_id", "Counters")
    counter_count = fields.Integer(compute="_compute_totals", store=True)
    total_prints = fields.Integer(compute="_compute_totals", store=True)

    _month_uniq = models.Constraint("UNIQUE(month)", "This month is there already.")
    _month_first = models.Constraint(
        "CHECK(EXTRACT(DAY FROM month) = 1)", "A month is kept as its first day."
    )

    @api.depends("month")
    def _compute_display_name(self):
        for control in self:
            control.display_name = control.month and format_date(
                self.env, control.month, date_format="LLLL yyyy"
            )

    @api.depends("edit_until")
    def _compute_is_open(self):
        now = fields.Datetime.now()
        for control in self:
            control.is_open = bool(control.edit_until and control.edit_until > now)

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        open_ = [("edit_until", ">", now)]
        closed = ["|", ("edit_until", "=", False), ("edit_until", "<=", now)]
        if set(value) >= {True, False}:
            return [(1, "=", 1)]
        return open_ if True in value else closed

    @api.depends("counter_ids.total_prints")
    def _compute_totals(self):
        for control in self:
            control.counter_count = len(control.counter_ids)
            control.total_prints = sum(control.counter_ids.mapped("total_prints"))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if month := fields.Date.to_date(vals.get("month")):
                vals["month"] = month.replace(day=1)
        return super().create(vals_list)

    def _room(self):
        """Return the name of the room in which people work on this month.

        :rtype: str
        """
        return f"{self.month:%Y-%m}"

    def _check_open(self):
        """Refuse to go on if a month is closed.

        :raise ValidationError:
        """
        for control in self:
            if not control.is_open:
                raise ValidationError(
                    self.env._(
                        "%s is closed: nothing changes any more.", control.display_name
                    )
                )

    def action_open_counters(self):
        """Open the counters of the month, in the room of the month."""
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "amanat.printer.counter",
            "view_mode": "list,form,graph,pivot",
            "domain": [("month_id", "=", self.id)],
            "context": {
                "default_month_id": self.id,
                "amanat_realtime_room": self._room(),
            },
        }

    def action_fill(self):
        """Add the printers that are missing, each from where it ended a month ago."""
        for control in self:
            previous = self.search(
                [("month", "=", control.month - relativedelta(months=1))]
            )
            missing = self.env["amanat.printer"].search([("active", "=", True)])
            missing -= control.counter_ids.printer_id
            control.counter_ids.create(
                [
                    control.counter_ids._start_values(control, previous, printer)
                    for printer in missing
                ]
            )

    def action_close(self):
        self.edit_until = fields.Datetime.now()

    def action_reopen(self):
        self.edit_until = fields.Datetime.now() + relativedelta(days=3)

    def action_sync(self):
        """Take over what the inventory has read, except what was typed by hand."""
        self.ensure_one()
        self._check_open()
        counters = self.counter_ids
        cells = sum(len(counter._synced_cells()) for counter in counters)
        name = self.env._("Synchronization of %s", self.display_name)
        progress = self.env["amanat.realtime.progress"]
        with progress.track(name, cells, record=self) as step:
            counters._sync(step)
