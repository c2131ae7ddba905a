"""Which records a recipient may read, now and when they held other values."""

from odoo.exceptions import MissingError

from .access_class import has_rules


def readable_now(model, ids):
    """Return those records that exist and that the user of the model may read.

    :param BaseModel model: with the recipient as its user
    :param Iterable[int] ids:
    :rtype: set[int]
    """
    return set(model.browse(ids).exists()._filtered_access("read")._ids)


def readable_as(model, records, others=None):
    """Return those records that the user might read if they held other values. They
    need not exist.

    :param BaseModel model: with the recipient as its user
    :param dict records: ``{id: {field: value}}`` in JSON form, all that rules look at
    :param dict others: ``{model: {id: {field: value}}}``, the same of other records
    :rtype: set[int]
    """
    if not records or not model.has_access("read"):
        return set()
    if not has_rules(model):
        return set(records)
    env = model.env
    # what is computed from the values of today must not stay in the cache
    env.invalidate_all()
    superuser = model.sudo().with_context(active_test=False)
    try:
        for name, values_by_id in (others or {}).items():
            _put_in_cache(superuser.env[name], values_by_id)
        _put_in_cache(superuser, records)
        return _filter_readable(model.browse(records))
    finally:
        # the cache now lies about the database
        env.invalidate_all(flush=False)


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
