from odoo import api, models, tools


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["ir.model.access", "amanat.realtime.rights.source"]

    @api.model
    @tools.ormcache("model_name", "frozenset(self.env.user._get_group_ids())")
    def _realtime_may_read(self, model_name):
        """Whether people with the user's groups may read a model.

        :param str model_name:
        :rtype: bool
        """
        return self.env[model_name].has_access("read")
