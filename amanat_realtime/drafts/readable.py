"""What was kept of a form, as a browser shows it: in the format of ``web_read``, with
the names of records, all of it under the rights of the person who asks.
"""

from odoo import Command

from ..conflict.base import line_bases
from ..conflict.references import (
    as_id,
    links_after,
    named_record,
    named_reference,
    names_of,
    parse_reference,
    parts_of,
    sent_name,
)
from .jsonable import jsonable

_TO_MANY = ("one2many", "many2many")
_NUMBERS = ("integer", "float", "monetary")


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
    if field.type in _TO_MANY:
        wanted = _wanted_fields(field, like)
        lines = record.env[field.comodel_name].browse(values[name])
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
    """Return the value that somebody started from; lines with their ids, linked records
    with their names, and both with what was sent of their fields.

    :param base: as it was sent
    """
    field = record._fields[name]
    if field.type not in _TO_MANY or (
        field.type == "one2many" and not isinstance(base, dict)
    ):
        return readable_value(record, name, base)
    fields_by_id = {
        line_id: fields
        for key, fields in line_bases(field, base).items()
        if (line_id := as_id(key)) and isinstance(fields, dict)
    }
    if field.type == "one2many":
        items = [{"id": line_id} for line_id in fields_by_id]
    else:
        items = readable_value(record, name, base)
    lines = record.env[field.comodel_name]
    return [
        item | _readable_bases(lines.browse(item["id"]), fields_by_id) for item in items
    ]


def _readable_bases(line, fields_by_id):
    bases = fields_by_id.get(line.id, {})
    return {f: readable_base(line, f, bases[f]) for f in _known(line, bases)}


def unavailable(record):
    """Return what to call a record without telling whether it exists."""
    return record.env._("Unavailable record")


def _many2one(record, field, value, base):
    return _named(record.env[field.comodel_name], value)


def _many2one_reference(record, field, value, base):
    # of a line that is gone, or elsewhere now, nothing can be read
    model = record.exists()._filtered_access("read")[field.model_field]
    return _named(record.env[model], value) if model in record.env else as_id(value)


def _reference(record, field, value, base):
    model_name, id_ = parse_reference(value)
    if not id_ or model_name not in record.env:
        return False
    name = _named(record.env[model_name], id_)["display_name"]
    return named_reference(model_name, id_, name)


def _many2many(record, field, value, base):
    items = value if isinstance(value, (list, tuple)) else []
    if _is_commands(items):
        if any(command[0] in (Command.CREATE, Command.UPDATE) for command in items):
            return _one2many(record, field, value, base)
        items = links_after(base or (), items).values()
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
    line = comodel.browse(as_id(key) or None)
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
    sent = {as_id(item): sent_name(item) for item in items}
    sent.pop(False, None)
    names = names_of(model.browse(sent))
    return [
        named_record(id_, names[id_] or name or unavailable(model))
        for id_, name in sent.items()
    ]


def _known(record, names):
    fields = record._fields
    return [
        name
        for name in names
        if name in fields and record._has_field_access(fields[name], "read")
    ]


def _wanted_fields(field, like):
    """Return the fields of lines that bases or commands name.

    :rtype: dict[int, set[str]]
    """
    wanted = {}
    for source in like:
        if isinstance(source, dict):
            pairs = [*source.items()]
        else:
            items = source if isinstance(source, (list, tuple)) else ()
            pairs = [c[1:] for c in map(parts_of, items) if c[0] == Command.UPDATE]
            if field.type == "many2many":
                pairs.extend(line_bases(field, items).items())
        for key, values in pairs:
            wanted.setdefault(as_id(key), set()).update(values or ())
    return wanted


def _is_commands(items):
    return bool(items) and all(isinstance(item, (list, tuple)) for item in items)
