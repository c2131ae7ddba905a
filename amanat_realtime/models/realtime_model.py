import logging

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..activation.announce import announce
from ..activation.classes import (
    coded_models,
    live_models,
    live_with,
    set_live_models,
)
from ..activation.refusals import refusal
from ..presence.end import end_presence
from ..recording.columns import has_column, is_relation
from ..recording.guard import never_break

_logger = logging.getLogger(__name__)

SWITCHES = ("active", "toasts", "presence", "conflicts")


class RealtimeModel(models.Model):
    """A model that is live without code, or differs from the defaults.

    The live models are part of the registry: what Odoo does about custom fields (all
    workers load the registry anew, a rollback sets it up again) is done about them.
    """

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

    # ------------------------------------------------------------
    # What others ask
    # ------------------------------------------------------------

    @api.model
    def _set_live(self, model_names, live):
        """Switch models on or off, as the list does.

        :param Iterable[str] model_names:
        :param bool live:
        :raise ValidationError: if one cannot be live
        :raise AccessError: if the user is not a manager
        """
        self.check_access("write")
        ids = {name: self.env["ir.model"]._get_id(name) for name in model_names}
        for name, id_ in ids.items():
            if not id_:
                raise ValidationError(self.env._("There is no model “%s”.", name))
        lines = self.with_context(active_test=False)
        found = lines.search([("model_id", "in", list(ids.values()))])
        found.write({"active": live})
        known = set(found.sudo().mapped("model_id.model"))
        if live:
            known |= coded_models(self.pool)
        self.create(
            [
                {"model_id": id_, "active": live}
                for name, id_ in ids.items()
                if name not in known
            ]
        )

    @api.model
    @tools.ormcache()
    def _settings(self):
        """Return what the lines say.

        :return: ``{model name: {switch: bool, "fields": names}}``
        :rtype: dict[str, dict]
        """
        lines = self.sudo().with_context(active_test=False)
        lines = lines.search_fetch([], ["model_id", "field_ids", *SWITCHES], order="id")
        return {
            line.model_id.model: {
                **{name: line[name] for name in SWITCHES},
                "fields": frozenset(line.field_ids.mapped("name")),
            }
            for line in lines
        }

    @api.model
    def _models_without(self, switch):
        """Return the names of the models for which something is switched off.

        :param str switch: one of ``SWITCHES``
        :rtype: set[str]
        """
        return {name for name, line in self._settings().items() if not line[switch]}

    @api.model
    def _fields_told(self, model):
        """Return the names of the fields of a live model whose changes are told.

        :param BaseModel model:
        :rtype: frozenset[str]
        """
        chosen = self._settings().get(model._name, {}).get("fields")
        return chosen or frozenset(model._get_realtime_fields())

    # ------------------------------------------------------------
    # Changes take effect at once
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._apply(records._model_names())
        return records

    def write(self, vals):
        names = self._model_names()
        result = super().write(vals)
        self._apply(names | self._model_names())
        return result

    def unlink(self):
        names = self._model_names()
        result = super().unlink()
        self._apply(names)
        return result

    def _register_hook(self):
        super()._register_hook()
        doing = "activate the real-time models"
        with never_break(doing), self.env.cr.savepoint(flush=False):
            set_live_models(self.pool, self._accepted())

    @api.model
    def _accepted(self):
        """Return which models are to be live, and which not, as far as they can be: an
        addon that came later may have changed that.

        :rtype: dict[str, bool]
        """
        switches = {}
        for name, line in self._settings().items():
            if reason := refusal(self.env, name):
                _logger.warning("Real-time: %s cannot be live. %s", name, reason)
            else:
                switches[name] = line["active"]
        return switches

    @api.model
    def _apply(self, names):
        """Have the lines about some models take effect, here and everywhere.

        :param set[str] names:
        """
        if not self.pool.ready or not names:
            # modules are being loaded: done at the end of that
            return
        self.env.registry.clear_cache()
        absent = self._models_without("presence") | self._models_without("active")
        end_presence(self.env, model_names=names & absent)
        self._sync()
        announce(self.env)

    @api.model
    def _sync(self):
        """Have the registry as the lines say it, if it is not yet."""
        was, becomes = live_models(self.pool), live_with(self.pool, self._accepted())
        if was == becomes:
            return
        _logger.info(
            "Real-time: user %s switched on %s; off %s",
            self.env.uid,
            sorted(becomes - was),
            sorted(was - becomes),
        )
        self.env.flush_all()
        # as for custom fields: this registry now, the others when they hear of it
        self.pool._setup_models__(self.env.cr, [])

    @api.model
    def _models_offered(self):
        """Return the names of the models that can be live.

        :rtype: list[str]
        """
        return sorted(name for name in self.pool if not refusal(self.env, name))

    def _model_names(self):
        return set(self.sudo().mapped("model_id.model"))
