from odoo import api, models

from ..activation import switches
from ..activation.announce import announce
from ..presence import switches as presence
from ..presence.end import end_presence

_SWITCHES = {switches.PARAMETER, presence.PARAMETER}


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._apply_realtime_switches(parameters._realtime_switches())
        return parameters

    def write(self, vals):
        named = self._realtime_switches()
        result = super().write(vals)
        self._apply_realtime_switches(named | self._realtime_switches())
        return result

    def unlink(self):
        named = self._realtime_switches()
        result = super().unlink()
        self._apply_realtime_switches(named)
        return result

    def _realtime_switches(self):
        return _SWITCHES.intersection(self.mapped("key"))

    @api.model
    def _apply_realtime_switches(self, keys):
        if keys:
            announce(self.env)
            if not presence.is_enabled(self.env):
                end_presence(self.env, everywhere=True)
