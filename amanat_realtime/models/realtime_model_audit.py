from odoo import api, fields, models, tools


class RealtimeModel(models.Model):
    """Which models are audited."""

    _inherit = "amanat.realtime.model"

    audit = fields.Boolean(
        help="Who changed what is kept, for managers, under Activity.",
    )

    @api.model
    @tools.ormcache()
    def _audited(self):
        """Return the names of the models that are audited.

        :rtype: frozenset[str]
        """
        rows = self.sudo().search([("audit", "=", True)])
        return frozenset(rows.mapped("model_id.model"))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_activity(self):
        """Show what was noted about the model.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amanat_realtime.action_activity"
        )
        model = self.model_id.sudo()
        return {**action, "domain": [("model", "=", model.model)], "context": {}}
