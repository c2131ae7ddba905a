from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..presence.end import end_presence
from .base_model import live_models


class RealtimeModel(models.Model):
    """What differs from the defaults for a live model."""

    _name = "amanat.realtime.model"
    _description = "Real-time Model"
    _rec_name = "model_id"

    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", sorted(live_models(self.pool)))],
    )
    active = fields.Boolean(default=True)
    presence = fields.Boolean(
        default=True,
        help="People who work in this model see where the others are.",
    )

    _model_uniq = models.Constraint(
        "UNIQUE(model_id)", "This model is in the list already."
    )

    @api.constrains("model_id")
    def _check_live(self):
        live = live_models(self.pool)
        for record in self:
            model = record.model_id.sudo()
            if model.model not in live:
                raise ValidationError(
                    self.env._(
                        "“%s” is not live. A model becomes live with "
                        '_inherit = ["amanat.base.model"] in its Python class.',
                        model.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._end_presence()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._end_presence()
        return result

    @api.model
    def _set_live(self, model_names, live):
        for name in model_names:
            model = self.env["ir.model"].sudo()._get(name)
            listed = self.with_context(active_test=False)
            record = listed.search([("model_id", "=", model.id)])
            if record:
                record.active = live
            elif not live:
                self.create({"model_id": model.id, "active": False})

    def _end_presence(self):
        off = self.filtered(lambda record: not record.presence)
        end_presence(self.env, model_names=off.sudo().mapped("model_id.model"))
