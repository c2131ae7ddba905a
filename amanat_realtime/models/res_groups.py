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
