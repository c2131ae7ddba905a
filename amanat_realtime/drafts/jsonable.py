import datetime
import math
import re

from odoo import fields

# PostgreSQL takes them in no JSON: NUL, and halves of characters
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


def jsonable(value):
    """Return a value of a record or of ``vals`` as JSON in PostgreSQL can hold it:
    dates as the web client gets them, times with their microseconds if they have any.
    Nothing is lost but characters and numbers that are none.

    :rtype: dict | list | str | int | float | bool | None
    """
    if isinstance(value, dict):
        return {_text(str(key)): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    if isinstance(value, datetime.date):
        return fields.Date.to_string(value)
    if isinstance(value, bytes):
        return _text(value.decode(errors="replace"))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _text(str(value))


def _text(value):
    # without the subclasses: a markup would escape what it is joined with
    return _NOT_TEXT.sub("", str.__str__(value))
