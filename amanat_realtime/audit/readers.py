"""Who may read which rows of the audit: those who may read the record and the field
that a row is about, now.
"""

import json

from odoo.fields import Domain
from odoo.tools import SQL

from ..delivery.access_class import has_rules, may_read_field
from ..delivery.readable import readable_as
from .own_cache import own_cache

# of deleted records, as far as rules tell them apart; those above are shown to nobody
MAX_CASES = 1000


def readable(activity):
    """Return what the rows that a person may read have in common, in a form that
    PostgreSQL can decide.

    :param BaseModel activity: with that person as its user
    :rtype: Domain
    """
    env = activity.env
    domains = [
        _of_model(activity, env[name])
        for name in _models(env)
        if name in env and not env[name]._abstract and env[name].has_access("read")
    ]
    company = Domain("company_id", "in", [False, *env.companies.ids])
    return Domain.OR(domains) & company


def _models(env):
    """Return the names of the models in the table, however many rows it has."""
    rows = env.execute_query(
        SQL(
            """ WITH RECURSIVE name(model) AS (
                    (SELECT model FROM amanat_activity ORDER BY model LIMIT 1)
                 UNION ALL
                    SELECT (SELECT model FROM amanat_activity
                             WHERE model > name.model ORDER BY model LIMIT 1)
                      FROM name WHERE name.model IS NOT NULL)
                SELECT model FROM name WHERE model IS NOT NULL """
        )
    )
    return [name for (name,) in rows]


def _of_model(activity, model):
    # a field that is gone has no rights any more, so nobody has
    fields = [name for name in model._fields if may_read_field(model, name)]
    domain = Domain("model", "=", model._name) & Domain("field", "in", [False, *fields])
    if has_rules(model):
        there = model.with_context(active_test=False)._search(Domain.TRUE)
        domain &= Domain("res_id", "in", there) | _deleted(activity, model)
    return domain


def _deleted(activity, model):
    """Choose the deleted records that the person might read as they were at the end,
    judged by what rules looked at then.

    :rtype: Domain
    """
    if not hasattr(model, "_realtime_rule_paths") or "id" in _paths(model):
        return Domain.FALSE
    cases = model.env.execute_query(
        SQL(
            """ WITH RECURSIVE deleted AS NOT MATERIALIZED (
                    SELECT md5(rights) AS key, rights, res_id FROM amanat_activity
                     WHERE model = %s AND action = 'delete' AND rights IS NOT NULL),
                kind(key) AS (
                    (SELECT key FROM deleted ORDER BY key LIMIT 1)
                 UNION ALL
                    SELECT (SELECT key FROM deleted
                             WHERE key > kind.key ORDER BY key LIMIT 1)
                      FROM kind WHERE kind.key IS NOT NULL)
                SELECT one.rights, one.res_id FROM kind CROSS JOIN LATERAL (
                    SELECT rights, res_id FROM deleted
                     WHERE deleted.key = kind.key LIMIT 1) one
                 LIMIT %s """,
            model._name,
            MAX_CASES,
        )
    )
    values = {id_: json.loads(rights) for rights, id_ in cases}
    with own_cache(model.env, model.env.uid, model.env.context) as own:
        [allowed] = readable_as([own[model._name]], values)
    chosen = [rights for rights, id_ in cases if id_ in allowed]
    deleted = Domain("model", "=", model._name) & Domain("action", "=", "delete")
    query = activity.sudo()._search(deleted & Domain("rights", "in", chosen))
    ids = query.subselect(SQL.identifier(query.table, "res_id"))
    return Domain.custom(
        to_sql=lambda _model, alias, _query: SQL(
            "%s IN %s", SQL.identifier(alias, "res_id"), ids
        )
    )


def _paths(model):
    return {path.partition(".")[0] for path in model._realtime_rule_paths()}
