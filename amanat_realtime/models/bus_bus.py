from odoo import api, models

from ..delivery.deliver import deliver


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        # sockets and polling browsers both fetch here
        return deliver(self.env, super()._poll(channels, last, ignore_ids))
