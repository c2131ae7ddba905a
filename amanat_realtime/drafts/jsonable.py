import datetime

from odoo import fields


def jsonable(value):
    """Return a value of a record or of ``vals`` as JSON can hold it, nothing lost:
    dates as the web client gets them, times with their microseconds if they have any.

    :rtype: dict | list | str | int | float | bool | None
    """
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    if isinstance(value, datetime.date):
        return fields.Date.to_string(value)
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, str):
        # without the subclasses: a markup would escape what it is joined with
        return str.__str__(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)
