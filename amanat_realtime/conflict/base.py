"""The values that a person started from, as the browser sends them with a save."""

import re
from collections.abc import Mapping

from odoo.exceptions import UserError

from .kinds import kind_of
from .references import as_id

BASE = "amanat_realtime_base"
UNATTENDED = "amanat_realtime_unattended"
KEYS = frozenset({BASE, UNATTENDED})

# lines of lines of lines, each two levels of JSON; and what fields hold themselves
MAX_DEPTH = 40

_ID = re.compile(r"[1-9][0-9]{0,9}\Z")
_MAX_ID = 2**31 - 1

# what names a linked record, and is no value that somebody could have changed
_NAMING = frozenset({"id", "display_name"})


def take_keys(records):
    """Take our keys out of the context.

    :param BaseModel records:
    :return: ``(records without the keys in their context, what was sent as base,
        whether nobody can answer)``
    :rtype: tuple[BaseModel, object, bool]
    """
    context = records.env.context
    rest = {key: value for key, value in context.items() if key not in KEYS}
    base = context.get(BASE)
    # what is left out cannot be said with keywords
    # pylint: disable-next=context-overridden
    return records.with_context(rest), base, context.get(UNATTENDED) is True


def read_base(records, raw):
    """Check the shape of what was sent, all of it, before anything is compared.

    :param BaseModel records: those that are saved
    :param raw: anything; ``None`` stands for no base
    :return: ``{id: {field: base}}``, in a one2many ``{line id: {field: base}}``; for
        both and for a many2many, see :func:`line_bases`
    :rtype: dict[int, dict]
    :raise UserError: if it is malformed
    :raise AccessError: if the person may not read one of the fields
    """
    if raw is None:
        return {}
    env = records.env
    if _is_deeper(raw, MAX_DEPTH):
        raise UserError(env._("The original values are nested too deeply."))
    read, saved = {}, set(records._ids)
    for id_, fields in _by_id(env, raw, records._description):
        if id_ not in saved:
            raise UserError(
                env._(
                    "Original values were sent for %(model)s %(id)s, which is not "
                    "being saved.",
                    model=records._description,
                    id=id_,
                )
            )
        read[id_] = _read_fields(records, fields)
    return read


def line_bases(field, base):
    """Return what was sent of the fields of lines, or of the linked records of a
    many2many, which may be edited in a list too.

    :param Field field: of any type
    :param base: as :func:`read_base` returns it
    :rtype: dict[int, dict]
    """
    if field.type == "one2many":
        return base
    if field.type != "many2many":
        return {}
    fields_by_id = {as_id(item): _item_fields(item) for item in base or ()}
    return {id_: fields for id_, fields in fields_by_id.items() if fields}


def _read_fields(model, raw):
    env = model.env
    if not isinstance(raw, Mapping):
        raise UserError(
            env._(
                "The original values of a record (%(model)s) must be an object with "
                "one entry per field.",
                model=model._description,
            )
        )
    read = {}
    for name, value in raw.items():
        field = model._fields.get(name) if isinstance(name, str) else None
        if field is None:
            raise UserError(
                env._(
                    "Original values were sent for the field “%(field)s”, which does "
                    "not exist in %(model)s.",
                    field=str(name)[:100],
                    model=model._description,
                )
            )
        model._check_field_access(field, "read")
        read[name] = _read_value(model, field, value)
    return read


def _read_value(model, field, raw):
    env = model.env
    if field.type == "one2many":
        comodel = env[field.comodel_name]
        label = field._description_string(env)
        return {
            id_: _read_fields(comodel, fields)
            for id_, fields in _by_id(env, raw, label)
        }
    try:
        kind_of(field).base(field, raw)
        if field.type == "many2many" and raw:
            return [_read_item(env[field.comodel_name], item) for item in raw]
    except (TypeError, ValueError, OverflowError) as error:
        raise UserError(
            env._(
                "The original value of “%(field)s” (%(model)s) is malformed.",
                field=field._description_string(env),
                model=model._description,
            )
        ) from error
    return raw


def _read_item(comodel, item):
    fields = _item_fields(item)
    if not fields:
        return item
    if not as_id(item):
        raise ValueError("not a linked record")
    return {**item, **_read_fields(comodel, fields)}


def _item_fields(item):
    if not isinstance(item, Mapping):
        return {}
    return {name: base for name, base in item.items() if name not in _NAMING}


def _by_id(env, raw, label):
    """Yield ``(id, value)`` of an object whose keys are ids."""
    if not isinstance(raw, Mapping):
        raise UserError(
            env._(
                "The original values of “%(label)s” must be an object with one entry "
                "per record.",
                label=label,
            )
        )
    for key, value in raw.items():
        text = str(key) if type(key) is int else key
        if not isinstance(text, str) or not _ID.match(text) or int(text) > _MAX_ID:
            raise UserError(
                env._(
                    "The original values of “%(label)s” name a record by “%(key)s”, "
                    "which is not an id.",
                    label=label,
                    key=str(key)[:100],
                )
            )
        yield int(text), value


def _is_deeper(value, limit):
    # level by level: recursion is what hostile input would break
    level = [value]
    for _depth in range(limit):
        below = []
        for item in level:
            if isinstance(item, Mapping):
                below.extend(item.values())
            elif isinstance(item, (list, tuple)):
                below.extend(item)
        if not below:
            return False
        level = below
    return True
