from odoo import models


class ResGroups(models.Model):
    _inherit = "res.groups"

    def _send_realtime_notification(self, action, model, records, fields=()):
        """Tell everybody in these groups, also those who are in them by another group;
        each person once. See ``res.users._send_realtime_notification``.
        """
        users = self.sudo().all_user_ids.with_env(self.env)
        users._send_realtime_notification(action, model, records, fields)
