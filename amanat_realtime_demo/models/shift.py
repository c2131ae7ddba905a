from odoo import api, fields, models
from odoo.exceptions import UserError


class AmanatShift(models.Model):
    """The time that an employee works at a machine."""

    _name = "amanat.shift"
    _inherit = ["amanat.base.model"]
    _description = "Shift"
    _order = "planned_start desc, id desc"

    machine_id = fields.Many2one("amanat.machine", required=True, index=True)
    employee_id = fields.Many2one("amanat.employee", required=True, index=True)
    planned_start = fields.Datetime(required=True, default=fields.Datetime.now)
    planned_end = fields.Datetime()
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("planned", "Planned"), ("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        group_expand=True,
    )

    _one_running = models.UniqueIndex(
        "(machine_id) WHERE state = 'running'",
        "A shift is running on this machine already.",
    )

    @api.depends("machine_id", "employee_id")
    def _compute_display_name(self):
        for shift in self:
            shift.display_name = self.env._(
                "%(employee)s at %(machine)s",
                employee=shift.employee_id.name,
                machine=shift.machine_id.name,
            )

    def action_start(self):
        """Begin the shift; the employee comes to work, if not there yet."""
        for shift in self:
            if shift.state != "planned":
                raise UserError(self.env._("%s has begun already.", shift.display_name))
            busy = shift.machine_id.shift_id
            if busy:
                raise UserError(
                    self.env._("End this shift first: %s", busy.display_name)
                )
            shift.write({"state": "running", "started_at": fields.Datetime.now()})
            if not shift.employee_id.is_present:
                shift.employee_id.action_check_in()

    def action_end(self):
        for shift in self:
            if shift.state != "running":
                raise UserError(self.env._("%s is not running.", shift.display_name))
            shift.write({"state": "done", "ended_at": fields.Datetime.now()})
