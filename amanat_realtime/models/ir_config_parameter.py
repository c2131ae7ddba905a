from odoo import api, models

from ..presence.end import end_presence
from ..presence.switches import PARAMETER, is_enabled


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._end_realtime_presence()
        return parameters

    def write(self, vals):
        result = super().write(vals)
        self._end_realtime_presence()
        return result

    def _end_realtime_presence(self):
        if PARAMETER in self.mapped("key") and not is_enabled(self.env):
            end_presence(self.env, everywhere=True)
