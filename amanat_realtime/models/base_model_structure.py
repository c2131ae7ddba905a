import ast

from odoo import api, models, tools

from ..activation.classes import live_models
from ..activation.switches import is_live
from ..recording.columns import is_plain, is_relation


class AmanatBaseModel(models.AbstractModel):
    """What follows from the definition of models and rules, and from switches: found
    again when Odoo empties its caches.
    """

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    @api.model
    @tools.ormcache("self._name")
    def _realtime_scope(self):
        """Return the live models in whose views a change of this one may show; none if
        it is not live.

        :rtype: frozenset[str]
        """
        if not is_live(self.env, self._name):
            return frozenset()
        parents = {parent for _link, parent, _names in self._realtime_parents()}
        referrers = {name for name, _link, _ondelete in self._realtime_referrers()}
        dependents = {
            dependent.model_name
            for field in self._fields.values()
            for dependent in self.pool.get_dependent_fields(field)
        }
        live = live_models(self.pool)
        return frozenset({self._name} | parents | referrers | (dependents & live))

    @api.model
    @tools.ormcache("self._name")
    def _realtime_noted_at_write(self):
        """Return the fields of which something must be noted before a write. Changes of
        columns are noted when they reach the database.

        :rtype: frozenset[str]
        """
        ruled = self._realtime_rule_fields() | self._realtime_audit_relations()
        noted = {n for n, field in self._fields.items() if field.inherited}
        noted |= {n for n in ruled if is_relation(self._fields[n])}
        return self._realtime_audit_fields() | noted

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
    def _realtime_rule_paths(self):
        """Return the fields, and the paths over fields, that record rules may look at:
        a superset, since a rule is a program whose fields may depend on who asks.

        Rules of models in ``_inherits`` are not among them.

        :rtype: frozenset[str]
        """
        rules = self.env["ir.rule"].sudo().search([("model_id.model", "=", self._name)])
        words = {word for rule in rules for word in _words(rule.domain_force or "")}
        words.update(self._inherits.values())
        if words & {"child_of", "parent_of"}:
            words.add(self._parent_name)
        return frozenset(w for w in words if w.partition(".")[0] in self._fields)

    @api.model
    @tools.ormcache("self._name")
    def _realtime_rule_fields(self):
        """Return the fields of this model that decide who may read a record: those in
        record rules, and those that they are computed from. A model with an access
        check in Python may look at any field.

        :rtype: frozenset[str]
        """
        if overrides_access_check(self):
            return frozenset(
                name for name, field in self._fields.items() if is_plain(field)
            )
        names = {path.partition(".")[0] for path in self._realtime_rule_paths()}
        todo = list(names)
        while todo:
            field = self._fields.get(todo.pop())
            if field and not field.store:
                paths = self.pool.field_depends.get(field, ())
                found = {path.partition(".")[0] for path in paths} - names
                names |= found
                todo += found
        return frozenset(names & (self._fields.keys() - {"id"}))


def overrides_access_check(model):
    """Whether more than rules and groups decides who may read records of a model.

    :rtype: bool
    """
    return type(model)._check_access is not models.BaseModel._check_access


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
