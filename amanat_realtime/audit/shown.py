"""What is kept of values, as a reader may see it: names of records under their rights,
choices and times in their language.
"""

from datetime import datetime

from odoo.tools import format_date, format_datetime

from ..conflict.references import names_of
from ..drafts.readable import unavailable
from .row import links_text
from .values import cut

_TO_MANY = ("one2many", "many2many")


def shown_value(env, row, raw):
    """Return a JSON value with those names of records that the reader may know.

    :param Environment env: of the reader
    :param BaseModel row: of the audit
    :param raw: as it is kept
    """
    if row.ttype == "many2one" and isinstance(raw, dict):
        return _named(env, row, [raw])[0]
    if row.ttype in _TO_MANY and isinstance(raw, list):
        return _named(env, row, raw)
    return False if raw is None else raw


def shown_text(env, row, value, text):
    """Return a value as text.

    :param value: as :func:`shown_value` returns it
    :param str text: as it is kept
    :rtype: str | bool
    """
    if row.ttype == "many2one" and isinstance(value, dict):
        return links_text([value])
    if row.ttype in _TO_MANY and isinstance(value, list):
        return cut(links_text(value))
    if not text:
        return False
    convert = _CONVERTERS.get(row.ttype)
    return convert(env, row, value, text) if convert else text


def _named(env, row, links):
    field = row.env[row.model]._fields.get(row.field) if row.model in env else None
    comodel = env.get(getattr(field, "comodel_name", None) or "")
    if comodel is None:
        return [{"id": link["id"], "name": f"#{link['id']}"} for link in links]
    names = names_of(comodel.browse(link["id"] for link in links))
    shown = []
    for link in links:
        name = link["name"] if names[link["id"]] is not None else unavailable(comodel)
        shown.append({"id": link["id"], "name": name})
    return shown


def _boolean(env, row, value, text):
    return env._("Yes") if value else env._("No")


def _selection(env, row, value, text):
    field = env[row.model]._fields.get(row.field) if row.model in env else None
    if field is None or field.type != "selection":
        return text
    return dict(field._description_selection(env)).get(value, text)


def _date(env, row, value, text):
    return format_date(env, value) if isinstance(value, str) else text


def _datetime(env, row, value, text):
    if not isinstance(value, str):
        return text
    when = datetime.fromisoformat(value)
    return format_datetime(env, when, tz=env.context.get("tz") or False)


_CONVERTERS = {
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "selection": _selection,
}
