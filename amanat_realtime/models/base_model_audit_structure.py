from odoo import api, models, tools

from ..recording.columns import has_column, is_relation
from .base_model import BOOKKEEPING


class AmanatBaseModel(models.AbstractModel):
    """What the audit of a model is about: found again when Odoo empties its caches."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    @api.model
    @tools.ormcache("self._name")
    def _realtime_shows_in_audit(self):
        """Whether a change of this model shows in the audit: in its own or another's.

        :rtype: bool
        """
        audited = self._realtime_audited_models()
        return bool(audited) and not audited.isdisjoint(self._realtime_audit_scope())

    @api.model
    @tools.ormcache("self._name")
    def _realtime_auditable(self):
        """Return the fields of which an audit can tell: those that are stored, files
        that follow from others excepted.

        :rtype: frozenset[str]
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if has_column(field)
            or is_relation(field)
            or (field.type == "binary" and field.store and not field.compute)
        ) - (BOOKKEEPING | {"display_name"})

    @api.model
    @tools.ormcache("self._name")
    def _realtime_audit_scope(self):
        """Return the live models in whose audit a change of this one may show.

        :rtype: frozenset[str]
        """
        parents = {parent for _link, parent, _names in self._realtime_parents()}
        referrers = {name for name, _link, _ondelete in self._realtime_referrers()}
        mirrors = {model for _name, model, _inverse in self._realtime_mirrors()}
        return frozenset({self._name} | parents | referrers | mirrors)

    @api.model
    @tools.ormcache("self._name")
    def _realtime_mirrors(self):
        """Return the many2many fields that other models show from their side.

        :return: ``(field, other model, its field)``
        :rtype: tuple[tuple[str, str, str], ...]
        """
        return tuple(
            (field.name, inverse.model_name, inverse.name)
            for field in self._fields.values()
            if field.type == "many2many" and field.store
            for inverse in self.pool.field_inverses[field]
            if inverse.type == "many2many" and inverse.store
        )
