"""Values as ``web_read`` gives them to the person, with names."""

import json
from collections.abc import Mapping

from odoo import Command
from odoo.exceptions import AccessError, MissingError
from odoo.tools import json_default

from .kinds import kind_of
from .kinds_relation import commands_of, to_id
from .kinds_text import size_text
from .properties import read_properties


def stored_value(record, field):
    """Return what a record holds.

    :param BaseModel record: with the person as its user
    :rtype: object, in JSON form
    """
    if field.type == "many2one":
        linked = record[field.name]
        # as web_read: who may read the record may know the name
        return linked and _named(linked.id, linked.sudo().display_name)
    if field.type in ("one2many", "many2many"):
        return [_read_name(linked) for linked in record[field.name]]
    if field.type == "reference":
        return _reference(record, kind_of(field).stored(field, record))
    if field.type == "many2one_reference":
        return _many2one_reference(record, field, record[field.name])
    if field.type == "properties":
        return _json(read_properties(field, record, names=True))
    if field.type == "binary":
        return kind_of(field).stored(field, record) or False
    return _json(field.convert_to_read(record[field.name], record))


def base_value(record, field, raw):
    """Return what the person started from, as it was sent. Names of references are
    those that were sent, or those of records that the person may read.

    :param raw: in any of the formats that a base may have
    """
    kind = kind_of(field)
    try:
        if field.type == "many2one":
            return _chosen(record.env[field.comodel_name], raw)
        if field.type == "many2many":
            comodel = record.env[field.comodel_name]
            return [_chosen(comodel, item) for item in raw or ()]
        if field.type == "reference":
            return _reference(record, kind.base(field, raw))
        if field.type == "many2one_reference":
            return _many2one_reference(record, field, to_id(raw))
    except (TypeError, ValueError, KeyError):
        return False
    return False if raw is None else _json(raw)


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
    linked = {to_id(item): item for item in base}
    try:
        commands = commands_of(value)
    except TypeError:
        return []
    for number, command in enumerate(commands):
        if not isinstance(command, (list, tuple)) or not command:
            continue
        code, target, content = (*command, None, None)[:3]
        if code == Command.CREATE:
            linked[f"new {number}"] = _yet_to_create(comodel, content)
        elif code in (Command.DELETE, Command.UNLINK):
            linked.pop(target, None)
        elif code in (Command.LINK, Command.UPDATE):
            linked.setdefault(target, target)
        elif code == Command.CLEAR:
            linked.clear()
        elif code == Command.SET:
            linked = {item: item for item in content or ()}
    return [_chosen(comodel, item) for item in linked.values()]


def _yet_to_create(comodel, vals):
    name = vals.get(comodel._rec_name) if isinstance(vals, Mapping) else None
    return _named(False, name if isinstance(name, str) else "")


def _chosen(comodel, raw):
    """Return a reference that the browser made: its id decides nothing about what may
    be told of the record.
    """
    if isinstance(raw, Mapping) and isinstance(raw.get("display_name"), str):
        return _named(raw.get("id") or False, raw["display_name"])
    if isinstance(raw, (list, tuple)) and len(raw) == 2 and isinstance(raw[1], str):
        return _named(raw[0], raw[1])
    id_ = to_id(raw)
    return id_ and _read_name(comodel.browse(id_))


def _read_name(record):
    """Return a reference with its name, if the person may read it."""
    try:
        name = record.has_access("read") and record.display_name
    except (AccessError, MissingError):
        name = False
    return _named(record.id, name)


def _named(id_, name):
    return {"id": id_, "display_name": name}


def _reference(record, value):
    if not value:
        return False
    model, id_ = value.split(",")
    if model not in record.env:
        return False
    read = _read_name(record.env[model].browse(int(id_)))
    return {**read, "id": {"id": int(id_), "model": model}}


def _many2one_reference(record, field, id_):
    model = record[field.model_field]
    if not id_ or not model or model not in record.env:
        return id_ or False
    return _read_name(record.env[model].browse(id_))


def _json(value):
    return json.loads(json.dumps(value, default=json_default))
