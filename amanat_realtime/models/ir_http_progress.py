from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if "amanat_realtime" in info:
            works = self.env["amanat.realtime.progress"].current()
            info["amanat_realtime"]["progress"] = works
        return info
