import ast

from odoo import api, models, tools

from .base_model import live_models


class AmanatBaseModel(models.AbstractModel):
    """What follows from the definition of models and rules: found once per registry."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    def _realtime_is_relation(self, name):
        field = self._fields[name]
        return field.store and field.type in ("one2many", "many2many")

    @api.model
    @tools.ormcache("self._name")
    def _realtime_scope(self):
        """Return the live models in whose views a change of this one may show.

        :rtype: frozenset[str]
        """
        parents = {parent for _link, parent, _names in self._realtime_parents()}
        referrers = {name for name, _link, _ondelete in self._realtime_referrers()}
        return frozenset({self._name} | parents | referrers)

    @api.model
    @tools.ormcache("self._name")
    def _realtime_parents(self):
        """Return the live models that list records of this one as their lines.

        :return: ``(many2one, parent model, its one2many fields)``
        :rtype: tuple[tuple[str, str, tuple[str, ...]], ...]
        """
        live = live_models(self.pool)
        return tuple(
            (field.name, field.comodel_name, names)
            for field in self._fields.values()
            if field.type == "many2one"
            and field.store
            and field.comodel_name in live
            and (
                names := tuple(
                    inverse.name
                    for inverse in self.pool.field_inverses[field]
                    if inverse.type == "one2many"
                )
            )
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_referrers(self):
        """Return the references that PostgreSQL follows when a record is deleted.

        :return: ``(live model, many2one, ondelete)``
        :rtype: tuple[tuple[str, str, str], ...]
        """
        return tuple(
            (name, field.name, field.ondelete)
            for name in sorted(live_models(self.pool))
            for field in self.env[name]._fields.values()
            if field.type == "many2one"
            and field.store
            and field.column_type
            and not field.company_dependent
            and field.comodel_name == self._name
            and field.ondelete in ("cascade", "set null")
        )

    @api.model
    @tools.ormcache("self._name")
    def _realtime_rule_fields(self):
        """Return the fields of this model that record rules may look at, and those that
        they are computed from: a superset, since a rule is a program whose fields may
        depend on who asks.

        :rtype: frozenset[str]
        """
        rules = self.env["ir.rule"].sudo().search([("model_id.model", "=", self._name)])
        words = set()
        for rule in rules:
            words |= _words(rule.domain_force or "")
        names = {word.partition(".")[0] for word in words}
        names.update(self._inherits.values())
        if names & {"child_of", "parent_of"}:
            names.add(self._parent_name)
        todo = list(names)
        while todo:
            field = self._fields.get(todo.pop())
            if field and not field.store:
                paths = self.pool.field_depends.get(field, ())
                found = {path.partition(".")[0] for path in paths} - names
                names |= found
                todo += found
        return frozenset(names & (self._fields.keys() - {"id"}))


def _words(source):
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except SyntaxError:
        return set()
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
