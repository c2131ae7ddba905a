"""Conflicts in words."""

from odoo import fields
from odoo.tools import format_date, format_datetime, formatLang, html2plaintext

MAX_LENGTH = 80
MAX_LINES = 10


def message_of(conflicts, described):
    """Return the text of the error. It is plain text: what users wrote is in it.

    :param list[Conflict] conflicts:
    :param list[dict] described: the same as :func:`describe` returns them
    :rtype: str
    """
    env = conflicts[0].record.env
    sentences = [
        _sentence(conflict, entry)
        for conflict, entry in zip(conflicts, described, strict=True)
    ]
    if len(sentences) == 1:
        return sentences[0] + "\n" + env._("Nothing was saved.")
    shown = sentences[:MAX_LINES]
    head = env._(
        "%(count)s values were changed by others while you were changing them. "
        "Nothing was saved.",
        count=len(sentences),
    )
    if len(sentences) > MAX_LINES:
        shown.append("…")
    return "\n".join([head, *shown])


def _sentence(conflict, entry):
    env = conflict.record.env
    author = entry["by"]["name"] if entry["by"] else env._("Somebody")
    if entry.get("deleted"):
        mine = ", ".join(
            f"{_label(conflict, name)}: {_written_text(conflict, name, value)}"
            for name, value in entry["mine"].items()
        )
        return env._(
            "%(author)s deleted a line of “%(field)s” while you were changing it. "
            "Yours: %(mine)s",
            author=author,
            field=entry["label"],
            mine=mine or env._("(empty)"),
        )
    text = {
        key: value_text(conflict.record, conflict.field, entry[key])
        for key in ("base", "mine", "theirs")
    }
    if conflict.removed:
        return env._(
            "%(author)s changed “%(field)s” of a line that you were deleting, from "
            "%(base)s to %(theirs)s.",
            author=author,
            field=entry["label"],
            base=text["base"],
            theirs=text["theirs"],
        )
    return env._(
        "%(author)s changed “%(field)s” while you were changing it. "
        "Yours: %(mine)s. Theirs: %(theirs)s.",
        author=author,
        field=entry["label"],
        mine=text["mine"],
        theirs=text["theirs"],
    )


def _label(conflict, name):
    return conflict.record._fields[name]._description_string(conflict.record.env)


def _written_text(conflict, name, value):
    return value_text(conflict.record, conflict.record._fields[name], value)


def value_text(record, field, value):
    """Return a value of the wire format as a person reads it.

    :param BaseModel record:
    :param Field field:
    :rtype: str
    """
    env = record.env
    try:
        text = _text(env, field, value)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        # not everything that is sent can be written
        text = str(value)
    text = " ".join(text.split())
    if len(text) > MAX_LENGTH:
        text = text[: MAX_LENGTH - 1] + "…"
    return text or env._("(empty)")


def _text(env, field, value):
    if field.type == "boolean":
        return env._("Yes") if value else env._("No")
    if field.type in ("integer", "float", "monetary"):
        return _number(env, field, value or 0)
    if not value:
        return ""
    if field.type == "selection":
        return str(dict(field._description_selection(env)).get(value, value))
    if field.type == "html":
        return html2plaintext(value)
    if field.type == "date":
        return format_date(env, fields.Date.to_date(value))
    if field.type == "datetime":
        moment = value[:19].replace("T", " ")
        return format_datetime(env, fields.Datetime.to_datetime(moment))
    if field.type in ("many2one", "reference", "many2one_reference"):
        return _name(value)
    if field.type in ("one2many", "many2many"):
        return ", ".join(map(_name, value))
    if field.type == "properties":
        return ", ".join(
            f"{entry.get('string') or entry['name']}: {_property(entry)}"
            for entry in value
            if entry.get("type") != "separator"
        )
    return str(value)


def _number(env, field, value):
    if field.type == "integer":
        return formatLang(env, value, digits=0)
    digits = field.get_digits(env) if field.type == "float" else None
    if digits:
        return formatLang(env, value, digits=digits[1])
    # as many as it has, so that two values that differ look different
    decimals = len(repr(float(value)).partition(".")[2].rstrip("0"))
    return formatLang(env, value, digits=max(decimals, 2))


def _name(value):
    if not isinstance(value, dict):
        return str(value)
    id_ = value["id"]["id"] if isinstance(value["id"], dict) else value["id"]
    return value["display_name"] or f"#{id_}"


def _property(entry):
    value = entry.get("value")
    if entry.get("type") == "many2one" and value:
        return str(value[1] if isinstance(value, (list, tuple)) else value)
    if isinstance(value, (list, tuple)):
        return ", ".join(
            str(v[1] if isinstance(v, (list, tuple)) else v) for v in value
        )
    return "" if value is None or value is False else str(value)
