from odoo import api, fields, models

from ..monitoring import key, samples
from ..parameters import put


class ResConfigSettings(models.TransientModel):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "res.config.settings"

    # as presence: Odoo would forget a parameter that is false
    amanat_realtime_samples = fields.Boolean(
        "Measure how fast updates are",
        help="Browsers measure how long it takes from a save to the screens of the "
        "others, and report it without a name.",
    )
    amanat_realtime_metrics_key = fields.Char("Key for Prometheus", readonly=True)

    @api.model
    def get_values(self):
        return {
            **super().get_values(),
            "amanat_realtime_samples": samples.is_enabled(self.env),
            "amanat_realtime_metrics_key": key.key_of(self.env),
        }

    def set_values(self):
        result = super().set_values()
        put(self.env, samples.PARAMETER, self.amanat_realtime_samples)
        return result

    def action_amanat_realtime_new_key(self):
        """Let those read the metrics who get the new key, and nobody else."""
        return self._set_metrics_key(key.new_key())

    def action_amanat_realtime_no_key(self):
        """Switch the metrics for Prometheus off."""
        return self._set_metrics_key(False)

    def _set_metrics_key(self, value):
        self.check_access("write")
        self.env["ir.config_parameter"].sudo().set_param(key.PARAMETER, value)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
