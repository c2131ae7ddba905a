from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..audit.retention import PARAMETER, kept_days


class ResConfigSettings(models.TransientModel):
    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "res.config.settings"

    # no config_parameter: Odoo forgets a parameter that is 0, and 0 is a choice here
    amanat_realtime_audit_days = fields.Integer(
        "Days to keep", help="Older rows of the audit are removed. 0 keeps all."
    )

    @api.constrains("amanat_realtime_audit_days")
    def _check_audit_days(self):
        if any(settings.amanat_realtime_audit_days < 0 for settings in self):
            raise ValidationError(
                self.env._("The audit cannot be kept for less than 0 days.")
            )

    @api.model
    def get_values(self):
        return {
            **super().get_values(),
            "amanat_realtime_audit_days": kept_days(self.env),
        }

    def set_values(self):
        result = super().set_values()
        if self.amanat_realtime_audit_days != kept_days(self.env):
            days = str(self.amanat_realtime_audit_days)
            self.env["ir.config_parameter"].sudo().set_param(PARAMETER, days)
        return result
