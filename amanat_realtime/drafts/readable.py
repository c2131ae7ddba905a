"""What was kept of a form, as a browser shows it: in the format of ``web_read``, with
the names of records, all of it under the rights of the person who asks.
"""

from odoo import Command

from .jsonable import jsonable

_NUMBERS = ("integer", "float", "monetary")
_MAX_ID = 2**31


def present_value(record, name, like=()):
    """Return what a field holds now.

    :param Model record: one record that the person may read
    :param str name: a field that they may read
    :param Iterable like: bases or commands; of the lines in there, the same fields are
        returned
    :raise AccessError: if the person may not read it after all
    """
    field = record._fields[name]
    [values] = record.with_context(bin_size=True).read([name], load=None)
    if field.type == "one2many":
        wanted = _wanted_fields(like)
        lines = record.env[field.comodel_name].browse(_ids(values[name]))
        names = names_of(lines)
        return [
            {
                "id": line.id,
                "display_name": names[line.id],
                **{f: present_value(line, f) for f in _known(line, wanted[line.id])},
            }
            if line.id in wanted and names[line.id]
            else {"id": line.id, "display_name": names[line.id] or unavailable(line)}
            for line in lines
        ]
    return readable_value(record, name, values[name])


def readable_value(record, name, value, base=None):
    """Return a value in the format of ``write`` or ``web_read`` with names.

    The commands of a one2many stay commands, and so do those of a many2many that hold
    values.

    :param Model record: the record of the field, empty for a line that is new
    :param str name: a field
    :param value: as a browser sent it, so anything
    :param base: what the commands of a many2many start from
    """
    field = record._fields[name]
    convert = _CONVERTERS.get(field.type)
    if convert:
        return convert(record, field, value, base)
    if field.type in _NUMBERS:
        return value or 0
    return jsonable(False if value is None else value)


def readable_base(record, name, base):
    """Return the value that somebody started from; lines with their ids.

    :param dict base: of a one2many, the fields of each line by its id
    """
    field = record._fields[name]
    if field.type != "one2many" or not isinstance(base, dict):
        return readable_value(record, name, base)
    lines = []
    for key, values in base.items():
        line_id = _as_id(key)
        if line_id and isinstance(values, dict):
            line = record.env[field.comodel_name].browse(line_id)
            known = _known(line, values)
            read = {f: readable_base(line, f, values[f]) for f in known}
            lines.append({"id": line_id, **read})
    return lines


def names_of(records):
    """Return the names of those records that are there and may be read.

    :rtype: dict[int, str | None]
    """
    readable = records.exists()._filtered_access("read")
    names = dict(zip(readable._ids, readable.mapped("display_name"), strict=True))
    return {id_: names.get(id_) for id_ in records._ids}


def unavailable(record):
    """Return what to call a record without telling whether it exists."""
    return record.env._("Unavailable record")


def resulting_ids(base_ids, commands):
    """Return what a many2many holds after commands that carry no values.

    :rtype: list[int]
    """
    ids = dict.fromkeys(base_ids)
    for command in commands:
        operation = command[0]
        if operation == Command.SET:
            ids = dict.fromkeys(_ids(command[2]))
        elif operation == Command.CLEAR:
            ids = {}
        elif operation == Command.LINK:
            ids[command[1]] = None
        elif operation in (Command.UNLINK, Command.DELETE):
            ids.pop(command[1], None)
    return _ids(ids)


def _many2one(record, field, value, base):
    return _named(record.env[field.comodel_name], value)


def _many2one_reference(record, field, value, base):
    model = record[field.model_field] if record else False
    return _named(record.env[model], value) if model in record.env else _as_id(value)


def _reference(record, field, value, base):
    if isinstance(value, dict):
        target = value.get("id") or {}
        model, id_ = target.get("model"), _as_id(target.get("id"))
    else:
        model, _comma, key = str(value or "").partition(",")
        id_ = _as_id(key)
    if not id_ or model not in record.env:
        return False
    named = _named(record.env[model], id_)
    return {**named, "id": {"id": id_, "model": model}}


def _many2many(record, field, value, base):
    items = value if isinstance(value, (list, tuple)) else []
    if _is_commands(items):
        if any(command[0] in (Command.CREATE, Command.UPDATE) for command in items):
            return _one2many(record, field, value, base)
        sent = {_as_id(item): item for item in base or ()}
        items = [sent.get(id_, id_) for id_ in resulting_ids(_ids(base), items)]
    return _named_list(record.env[field.comodel_name], items)


def _one2many(record, field, value, base):
    items = value if isinstance(value, (list, tuple)) else []
    comodel = record.env[field.comodel_name]
    if not _is_commands(items):
        return _named_list(comodel, items)
    return [_readable_command(comodel, command) for command in items]


def _readable_command(comodel, command):
    if command[0] not in (Command.CREATE, Command.UPDATE):
        return jsonable(command)
    operation, key, values = command
    line = comodel.browse(_as_id(key) or None)
    readable = {f: readable_value(line, f, values[f]) for f in _known(line, values)}
    return [int(operation), key, readable]


def _html(record, field, value, base):
    # what is kept was never written, so never sanitized
    return str(field.convert_to_cache(value or "", record) or "") or False


_CONVERTERS = {
    "html": _html,
    "many2many": _many2many,
    "many2one": _many2one,
    "many2one_reference": _many2one_reference,
    "one2many": _one2many,
    "reference": _reference,
}


def _named(model, value):
    named = _named_list(model, [value])
    return named[0] if named else False


def _named_list(model, items):
    """Return references with their names: what they are called now, or the names that
    the browser sent of those that may not be read any more.
    """
    sent = {_as_id(item): _sent_name(item) for item in items}
    sent.pop(False, None)
    names = names_of(model.browse(sent))
    return [
        {"id": id_, "display_name": names[id_] or name or unavailable(model)}
        for id_, name in sent.items()
    ]


def _sent_name(item):
    name = item.get("display_name") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def _known(record, names):
    fields = record._fields
    return [
        name
        for name in names
        if name in fields and record._has_field_access(fields[name], "read")
    ]


def _wanted_fields(like):
    """Return the fields of lines that bases or commands name.

    :rtype: dict[int, set[str]]
    """
    wanted = {}
    for source in like:
        if isinstance(source, dict):
            pairs = source.items()
        else:
            updates = source if isinstance(source, (list, tuple)) else ()
            pairs = [(c[1], c[2]) for c in updates if c[0] == Command.UPDATE]
        for key, values in pairs:
            wanted.setdefault(_as_id(key), set()).update(values or ())
    return wanted


def _is_commands(items):
    return bool(items) and all(isinstance(item, (list, tuple)) for item in items)


def _ids(items):
    return [id_ for item in items or () if (id_ := _as_id(item))]


def _as_id(value):
    """Return an id that PostgreSQL takes, or False."""
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else False
    elif isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return value if 0 < value < _MAX_ID else False
