from odoo import api, models
from odoo.http import request

from ..delivery.deliver import deliver
from ..monitoring.delivered import count_poll
from ..recording.wake_up import wake_up_after_commit


class BusBus(models.Model):
    _inherit = "bus.bus"

    def _ensure_hooks(self):
        # before core adds a hook of its own
        wake_up_after_commit(self.env.cr)
        return super()._ensure_hooks()

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        if request:
            count_poll(self.env.cr.dbname)
        # sockets and polling browsers both fetch here
        return deliver(self.env, super()._poll(channels, last, ignore_ids))
