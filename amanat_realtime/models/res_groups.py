from odoo import models

from ..presence.end import end_presence

_RIGHTS = {"user_ids", "implied_ids", "implied_by_ids", "model_access", "rule_groups"}


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        if _RIGHTS & vals.keys():
            # whom it concerns follows from all groups together
            end_presence(self.env, everywhere=True)
        return result

    def unlink(self):
        result = super().unlink()
        end_presence(self.env, everywhere=True)
        return result

    def _send_realtime_notification(self, action, model, records, fields=()):
        """Tell everybody in these groups, also those who are in them by another group;
        each person once. See ``res.users._send_realtime_notification``.
        """
        users = self.sudo().all_user_ids.with_env(self.env)
        users._send_realtime_notification(action, model, records, fields)
