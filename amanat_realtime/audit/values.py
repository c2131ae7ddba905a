"""From what PostgreSQL holds to what is kept of it: a JSON value, and a text that a
person can read, in no language but the record's own (labels as in the source code).
"""

import hashlib
import json

from odoo.tools import float_repr, html2plaintext, human_size

from ..drafts.jsonable import jsonable
from ..recording.columns import to_json
from .row import NUMBERS

MAX_TEXT = 10_000


def describe(field, value, names):
    """Return what is kept of a value.

    :param Field field: with a column, the same for every reader
    :param value: as PostgreSQL holds it
    :param Names names:
    :return: JSON value and text, both ``None`` if there is no value
    :rtype: tuple[object, str | None]
    """
    raw = jsonable(to_json(field, value))
    if field.type == "boolean":
        raw = bool(raw)
        return raw, "Yes" if raw else "No"
    if field.type in NUMBERS:
        return raw, number_text(field, raw, names.env)
    if raw is False or raw is None or raw == "":
        return None, None
    convert = _CONVERTERS.get(field.type)
    if convert:
        return convert(field, raw, names)
    if isinstance(raw, str):
        return _cut_raw(raw), cut(raw)
    text = json.dumps(raw, ensure_ascii=False)
    return (raw if len(text) <= MAX_TEXT else _digest(text)), cut(text)


def number_text(field, value, env):
    """Return a number with the digits of its field, and more if it has more."""
    if field.type == "integer" or not isinstance(value, (int, float)):
        return str(value)
    digits = field.get_digits(env) if field.type == "float" else (16, 2)
    if digits and round(value, digits[1]) == value:
        return float_repr(value, digits[1])
    return repr(value)


def cut(text):
    """Return a text, or as much of it as is kept, with a mark."""
    if text is None or len(text) <= MAX_TEXT:
        return text
    return f"{text[:MAX_TEXT]}… [{len(text)} characters]"


def size_text(size):
    """Return the size of a file as a text.

    :param int size: bytes
    :rtype: str | None
    """
    return human_size(size) if size else None


def _cut_raw(text):
    return text if len(text) <= MAX_TEXT else _digest(text)


def _digest(text):
    # enough to see whether it is the same
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"length": len(text), "sha256": digest}


def _html(field, raw, names):
    return _cut_raw(raw), cut(html2plaintext(raw)) or None


def _selection(field, raw, names):
    return raw, names.labels(field).get(raw, raw)


def _many2one(field, raw, names):
    link = names.link(field.comodel_name, raw)
    return link, link["name"] or f"#{raw}"


def _datetime(field, raw, names):
    return raw, f"{raw} UTC"


_CONVERTERS = {
    "datetime": _datetime,
    "html": _html,
    "many2one": _many2one,
    "selection": _selection,
}
