from odoo import api, fields, models

from ..presence.switches import PARAMETER, is_enabled


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # no config_parameter: Odoo forgets a parameter that is false, and this one is true
    # unless it is written down
    amanat_realtime_presence = fields.Boolean(
        "Presence",
        help="People see who else looks at a list or a record, and who edits it.",
    )

    @api.model
    def get_values(self):
        return {
            **super().get_values(),
            "amanat_realtime_presence": is_enabled(self.env),
        }

    def set_values(self):
        result = super().set_values()
        if self.amanat_realtime_presence != is_enabled(self.env):
            parameters = self.env["ir.config_parameter"].sudo()
            parameters.set_param(PARAMETER, str(self.amanat_realtime_presence))
        return result
