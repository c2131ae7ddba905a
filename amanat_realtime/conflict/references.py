"""References to records: their names, in the format of ``web_read``, and what commands
make of a list of them.
"""

from odoo import Command
from odoo.exceptions import AccessError, MissingError

_MAX_ID = 2**31


def as_id(value):
    """Return the id in a value that names one record, in any of the formats in use.

    :param value: anything
    :return: an id that PostgreSQL takes, or False
    :rtype: int | bool
    """
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else False
    elif isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return value if 0 < value < _MAX_ID else False


def sent_name(value):
    """Return the name that a browser sent with a reference.

    :rtype: str | None
    """
    if isinstance(value, dict):
        name = value.get("display_name")
    else:
        is_pair = isinstance(value, (list, tuple)) and len(value) == 2
        name = value[1] if is_pair else None
    return name if isinstance(name, str) else None


def names_of(records):
    """Return the names of those records that are there and may be read.

    :param BaseModel records:
    :rtype: dict[int, str | None]
    """
    names = dict.fromkeys(records._ids)
    if records._abstract:
        return names
    for record in records.exists()._filtered_access("read"):
        try:
            names[record.id] = record.display_name
        except (AccessError, MissingError):
            # it is made of what may not be read
            continue
    return names


def named_record(id_, name):
    """Return a reference to a record whose model is known from the field."""
    return {"id": id_, "display_name": name}


def named_reference(model_name, id_, name):
    """Return a reference to a record of any model."""
    return {"id": {"id": id_, "model": model_name}, "display_name": name}


def parse_reference(value):
    """Read the value of a reference field.

    :param value: ``"model,id"``, the form of ``web_read``, or anything else
    :return: ``(model name, id)``, either of which may be False
    :rtype: tuple[str | bool, int | bool]
    """
    if isinstance(value, dict):
        target = value.get("id")
        target = target if isinstance(target, dict) else {}
        model_name, key = target.get("model"), target.get("id")
    else:
        model_name, _comma, key = str(value or "").partition(",")
    return isinstance(model_name, str) and model_name, as_id(key)


def parts_of(command):
    """Return code, id and content of a command; ``None`` for what it does not have.

    :param command: anything
    """
    if not isinstance(command, (list, tuple)):
        return None, None, None
    code, target, content = (*command, None, None, None)[:3]
    return code, target if type(target) is int else None, content


def links_after(links, commands):
    """Return what a relation to many holds after commands; what makes no sense in them
    is left out.

    :param Iterable links: references, in any of the formats in use
    :param Iterable commands:
    :return: the references; a record that is yet to be created has the key of its
        command, and its values
    :rtype: dict[int | str, object]
    """
    linked = _by_id(links)
    for number, command in enumerate(commands):
        code, target, content = parts_of(command)
        id_ = as_id(target)
        if code == Command.CREATE:
            linked[f"new {number}"] = content
        elif code in (Command.DELETE, Command.UNLINK):
            linked.pop(id_, None)
        elif code in (Command.LINK, Command.UPDATE) and id_:
            linked.setdefault(id_, id_)
        elif code == Command.CLEAR:
            linked = {}
        elif code == Command.SET:
            kept = _by_id(content if isinstance(content, (list, tuple)) else ())
            linked = {id_: linked.get(id_, item) for id_, item in kept.items()}
    return linked


def _by_id(links):
    return {id_: item for item in links if (id_ := as_id(item))}
