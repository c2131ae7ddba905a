from odoo import api, fields, models
from odoo.exceptions import UserError


class AmanatEmployee(models.Model):
    _name = "amanat.employee"
    _inherit = ["amanat.base.model"]
    _description = "Factory Employee"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    department = fields.Selection(
        [("production", "Production"), ("service", "Service"), ("office", "Office")],
        required=True,
        default="production",
        group_expand=True,
    )
    worktime_ids = fields.One2many("amanat.worktime", "employee_id", "Work Time")
    is_present = fields.Boolean(compute="_compute_is_present", store=True)
    hours_total = fields.Float(
        "Hours worked", compute="_compute_hours_total", store=True
    )

    @api.depends("worktime_ids.check_out")
    def _compute_is_present(self):
        for employee in self:
            employee.is_present = any(not w.check_out for w in employee.worktime_ids)

    @api.depends("worktime_ids.hours")
    def _compute_hours_total(self):
        for employee in self:
            employee.hours_total = sum(employee.worktime_ids.mapped("hours"))

    def action_check_in(self):
        for employee in self:
            if employee.is_present:
                raise UserError(self.env._("%s is here already.", employee.name))
            self.env["amanat.worktime"].create({"employee_id": employee.id})

    def action_check_out(self):
        for employee in self:
            if not employee.is_present:
                raise UserError(self.env._("%s is not here.", employee.name))
            open_times = employee.worktime_ids.filtered(lambda w: not w.check_out)
            open_times.check_out = fields.Datetime.now()


class AmanatWorktime(models.Model):
    _name = "amanat.worktime"
    _inherit = ["amanat.base.model"]
    _description = "Work Time"
    _order = "check_in desc, id desc"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "amanat.employee", required=True, ondelete="cascade", index=True
    )
    check_in = fields.Datetime(required=True, default=fields.Datetime.now)
    check_out = fields.Datetime()
    hours = fields.Float(compute="_compute_hours", store=True)

    _check_times = models.Constraint(
        "CHECK(check_out >= check_in)", "Nobody leaves before they come."
    )

    @api.depends("check_in", "check_out")
    def _compute_hours(self):
        for time in self:
            worked = time.check_out and time.check_out - time.check_in
            time.hours = worked.total_seconds() / 3600 if worked else 0
