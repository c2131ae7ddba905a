from odoo import models

from ..activation.session import session_part


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            info["amanat_realtime"] = session_part(self.env)
        return info
