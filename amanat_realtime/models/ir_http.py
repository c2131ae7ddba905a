from odoo import models

from .base_model import live_models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            info["amanat_realtime"] = {"models": sorted(live_models(self.env.registry))}
        return info
