from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ..activation.classes import coded_models

SWITCHES = ("active", "toasts", "presence", "conflicts")


class RealtimeModel(models.Model):
    """What the lines say, as others ask for it: read once per registry."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.realtime.model"

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
