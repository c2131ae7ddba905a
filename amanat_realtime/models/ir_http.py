from odoo import models

from ..presence.switches import is_enabled, models_off
from .base_model import live_models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            names = sorted(live_models(self.env.registry))
            info["amanat_realtime"] = {
                "models": names,
                # a list without an order of its own shows that of its model
                "orders": {name: self.env[name]._order for name in names},
                "drafts": self.env["amanat.realtime.draft"]._records_with_drafts(),
                "toasts": self.env.user.amanat_realtime_toasts,
                "progress": self.env["amanat.realtime.progress"].current(),
                "hold": self.env.user.amanat_realtime_hold,
                "presence": {
                    "enabled": is_enabled(self.env),
                    "off": sorted(models_off(self.env)),
                    "hidden": self.env.user.amanat_realtime_hidden,
                },
            }
        return info
