from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..activation.classes import coded_models
from ..activation.refusals import refusal
from ..recording.columns import has_column, is_relation


class RealtimeModel(models.Model):
    """A model that is live without code, or differs from the defaults."""

    _name = "amanat.realtime.model"
    _description = "Real-time Model"
    _rec_name = "model_id"
    _order = "model_id, id"

    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", self._models_offered())],
    )
    model_name = fields.Char("Technical name", related="model_id.model")
    is_coded = fields.Boolean(
        "Live by code",
        compute="_compute_is_coded",
        help="An addon has made this model live. It stays live without a line here; "
        "archive the line to switch it off.",
    )
    active = fields.Boolean("Live", default=True)
    field_ids = fields.Many2many(
        "ir.model.fields",
        "amanat_realtime_model_field_rel",
        string="Fields",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', '!=', 'binary')]",
        help="Changes of these fields are shown at once. Empty: all stored fields "
        "except files, or what the code of the model says.",
    )
    toasts = fields.Boolean(
        "Notices",
        default=True,
        help="Short notices tell people what others change in what they look at.",
    )
    presence = fields.Boolean(
        default=True,
        help="People who work in this model see where the others are.",
    )
    conflicts = fields.Boolean(
        "Conflict guard",
        default=True,
        help="Whoever saves over what somebody else saved in the meantime is asked. "
        "Off: the last save wins.",
    )

    _model_uniq = models.Constraint(
        "UNIQUE(model_id)", "This model is in the list already."
    )

    @api.depends("model_id")
    def _compute_is_coded(self):
        coded = coded_models(self.pool)
        for record in self:
            record.is_coded = record.sudo().model_id.model in coded

    @api.constrains("model_id", "active")
    def _check_can_be_live(self):
        for record in self.sudo().filtered("active"):
            model = record.model_id
            reason = refusal(record.env, model.model)
            if reason:
                raise ValidationError(
                    record.env._(
                        "“%(model)s” (%(name)s) cannot be live. %(reason)s",
                        model=model.name,
                        name=model.model,
                        reason=reason,
                    )
                )

    @api.constrains("model_id", "field_ids")
    def _check_fields(self):
        for record in self.sudo():
            model = self.env[record.model_id.model]
            for field in record.field_ids:
                own = model._fields.get(field.name)
                told = own and (has_column(own) or is_relation(own))
                if field.model_id != record.model_id or not told:
                    raise ValidationError(
                        record.env._(
                            "“%(field)s” (%(name)s) is no stored field of “%(model)s”, "
                            "or it holds files: its changes cannot be told.",
                            field=field.field_description,
                            name=field.name,
                            model=record.model_id.name,
                        )
                    )

    @api.model
    def _models_offered(self):
        """Return the names of the models that can be live.

        :rtype: list[str]
        """
        return sorted(name for name in self.pool if not refusal(self.env, name))
