"""Which records a recipient may read, now and when they held other values."""

from odoo.exceptions import MissingError

from ..recording.rights import stored_values
from .access_class import has_rules
from .each import first


def readable_now(models, ids):
    """Return those records that exist and that readers may read.

    :param Iterable[BaseModel] models: the same one, each with a reader as its user
    :param Iterable[int] ids:
    :return: for each of them
    :rtype: list[set[int]]
    """
    existing = first(models).browse(set(ids)).exists()._ids
    return [
        set(model.browse(existing)._filtered_access("read")._ids) for model in models
    ]


def readable_as(models, records, others=None):
    """Return those records that readers might read if they held other values. They need
    not exist.

    :param Iterable[BaseModel] models: the same one, each with a reader as its user;
        gone through several times
    :param dict records: ``{id: {field: value}}`` in JSON form, all that rules look at
    :param dict others: ``{model: {id: {field: value}}}``, the same of other records
    :return: for each reader
    :rtype: list[set[int]]
    """
    may_read = [bool(records) and model.has_access("read") for model in models]
    ruled = [
        may and has_rules(model) for may, model in zip(may_read, models, strict=True)
    ]
    if not any(ruled):
        return [set(records) if may else set() for may in may_read]
    model = first(models)
    env = model.env
    # what is computed from the values of today must not stay in the cache
    env.invalidate_all()
    superuser = model.sudo().with_context(active_test=False)
    try:
        for name, values_by_id in (others or {}).items():
            _put_in_cache(superuser.env[name], values_by_id)
        _put_in_cache(superuser, records)
        return [
            _filter_readable(model.browse(records))
            if is_ruled
            else set(records if may else ())
            for model, may, is_ruled in zip(models, may_read, ruled, strict=True)
        ]
    finally:
        # the cache now lies about the database
        env.invalidate_all(flush=False)


def as_they_are(model, row):
    """Return those of the changed records for which rules find the same values now as
    at any time of the change: they need not be judged twice.

    :param BaseModel model:
    :param dict row: content of the row
    :rtype: set[int]
    """
    groups = [group for group in row.get("rights", ()) if "after" not in group]
    if row.get("others") or not groups:
        return set()
    ids = [id_ for group in groups for id_ in group["ids"]]
    names = {name for group in groups for name in group["before"]}
    stored = stored_values(model.sudo().browse(ids), names)
    return {
        id_
        for group in groups
        for id_ in group["ids"]
        if group["before"] == {n: stored.get(id_, {}).get(n) for n in group["before"]}
    }


def _put_in_cache(model, values_by_id):
    for id_, values in values_by_id.items():
        record = model.browse(int(id_))
        for name, value in values.items():
            field = record._fields.get(name)
            if field is not None:
                field._update_cache(record, _to_cache(field, value, record))


def _to_cache(field, value, record):
    if field.type in ("one2many", "many2many"):
        return tuple(value)
    return field.convert_to_cache(value, record, validate=False)


def _filter_readable(records):
    try:
        return set(records._filtered_access("read")._ids)
    except MissingError:
        # a rule looks at something of a deleted record that was not kept: it cannot be
        # shown that the recipient could read it
        return set().union(*map(_filter_one, records))


def _filter_one(record):
    try:
        return set(record._filtered_access("read")._ids)
    except MissingError:
        return set()
