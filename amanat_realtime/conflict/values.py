"""Values as ``web_read`` gives them to the person, with names."""

from collections.abc import Mapping

from .kind import json_form
from .kinds import kind_of
from .kinds_relation import commands_of, to_id
from .kinds_text import size_text
from .properties import read_properties
from .references import (
    as_id,
    links_after,
    named_record,
    named_reference,
    names_of,
    parse_reference,
    sent_name,
)


def stored_value(record, field):
    """Return what a record holds.

    :param BaseModel record: with the person as its user
    :rtype: object, in JSON form
    """
    if field.type == "many2one":
        linked = record[field.name]
        # as web_read: who may read the record may know the name
        return bool(linked) and named_record(linked.id, linked.sudo().display_name)
    if field.type in ("one2many", "many2many"):
        return _read_names(record[field.name])
    if field.type == "reference":
        return _reference(record, kind_of(field).stored(field, record))
    if field.type == "many2one_reference":
        return _many2one_reference(record, field, record[field.name])
    if field.type == "properties":
        return json_form(read_properties(field, record, names=True))
    if field.type == "binary":
        return kind_of(field).stored(field, record) or False
    return json_form(field.convert_to_read(record[field.name], record))


def base_value(record, field, raw):
    """Return what the person started from, as it was sent. Names of references are
    those that were sent, or those of records that the person may read.

    :param raw: in any of the formats that a base may have
    """
    kind = kind_of(field)
    try:
        if field.type == "many2one":
            [chosen] = _chosen(record.env[field.comodel_name], [raw])
            return chosen
        if field.type == "many2many":
            chosen = _chosen(record.env[field.comodel_name], raw or ())
            return list(filter(None, chosen))
        if field.type == "reference":
            return _reference(record, kind.base(field, raw))
        if field.type == "many2one_reference":
            return _many2one_reference(record, field, to_id(raw))
    except (TypeError, ValueError, KeyError):
        return False
    return False if raw is None else json_form(raw)


def written_value(record, field, value, base=()):
    """Return what the person is about to write.

    :param value: in the format of ``write``
    :param base: what a many2many started from, as it was sent
    """
    if field.type in ("one2many", "many2many"):
        return _written_links(record.env[field.comodel_name], value, base or ())
    if field.type == "binary":
        return bool(value) and size_text(value)
    return base_value(record, field, value)


def written_values(record, vals):
    """Return values of several fields that the person is about to write.

    :param dict vals: in the format of ``write``
    :rtype: dict
    """
    return {
        name: written_value(record, record._fields[name], value)
        for name, value in vals.items()
        if name in record._fields
    }


def _written_links(comodel, value, base):
    try:
        commands = commands_of(value)
    except TypeError:
        return []
    linked = links_after(base, commands)
    existing = {key: item for key, item in linked.items() if isinstance(key, int)}
    chosen = dict(zip(existing, _chosen(comodel, existing.values()), strict=True))
    return [
        chosen[key] if key in chosen else _yet_to_create(comodel, item)
        for key, item in linked.items()
    ]


def _yet_to_create(comodel, vals):
    name = vals.get(comodel._rec_name) if isinstance(vals, Mapping) else None
    return named_record(False, name if isinstance(name, str) else "")


def _chosen(comodel, items):
    """Return references that the browser made: their ids decide nothing about what may
    be told of the records.
    """
    sent = [(as_id(item), sent_name(item)) for item in items]
    unnamed = [id_ for id_, name in sent if id_ and name is None]
    names = _read_names_by_id(comodel.browse(unnamed))
    return [
        id_ and named_record(id_, names[id_] if name is None else name)
        for id_, name in sent
    ]


def _read_names(records):
    """Return references with the names of those records that the person may read."""
    return [named_record(*item) for item in _read_names_by_id(records).items()]


def _read_names_by_id(records):
    names = names_of(records)
    return {id_: False if name is None else name for id_, name in names.items()}


def _reference(record, value):
    model_name, id_ = parse_reference(value)
    if not id_ or model_name not in record.env:
        return False
    [name] = _read_names_by_id(record.env[model_name].browse(id_)).values()
    return named_reference(model_name, id_, name)


def _many2one_reference(record, field, id_):
    # a line that is gone, or elsewhere now, tells nothing of itself
    model_name = record.exists()._filtered_access("read")[field.model_field]
    if not id_ or not model_name or model_name not in record.env:
        return id_ or False
    [named] = _read_names(record.env[model_name].browse(id_))
    return named
