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
        # past what Odoo keeps for each user, which need not be of the same moment
        allowed = type(self)._get_allowed_models.__wrapped__
        return model_name in allowed(self, "read")
