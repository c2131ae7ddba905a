"""Column values: reading them past the cache, and putting them in JSON form."""

from odoo import fields
from odoo.tools import SQL

MAX_TEXT = 1024

# the same for every reader, and readable as they are stored
_PLAIN_TYPES = frozenset(
    "boolean integer float monetary char text html date datetime selection "
    "many2one".split()
)
_EMPTY = {"integer": 0, "float": 0.0, "monetary": 0.0}


def read_columns(model, ids, names):
    """Read columns as they stand in the database, whatever the cache holds.

    :param BaseModel model:
    :param Iterable[int] ids:
    :param Collection[str] names:
    :return: ``{id: {name: value}}``, without records that are not there
    :rtype: dict[int, dict]
    """
    ids = tuple(ids)
    if not ids or not names:
        return {}
    columns = SQL(", ").join(SQL.identifier(name) for name in names)
    rows = model.env.execute_query(
        SQL(
            "SELECT id, %s FROM %s WHERE id IN %s ORDER BY id",
            columns,
            SQL.identifier(model._table),
            ids,
        )
    )
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def is_plain(field):
    """Whether the values of a field are the same for every reader, so that they can
    travel.

    :rtype: bool
    """
    return (
        field.type in _PLAIN_TYPES
        and bool(field.column_type)
        and not field.translate
        and not field.company_dependent
    )


def travels(field, value):
    """Whether this value of a plain field is small enough to travel."""
    return not isinstance(value, str) or len(value) <= MAX_TEXT


def to_json(field, value):
    """Return a column value in the form ``web_read`` gives it (many2one: the id)."""
    if value is None:
        return _EMPTY.get(field.type, False)
    if field.type == "date":
        return fields.Date.to_string(value)
    if field.type == "datetime":
        return fields.Datetime.to_string(value)
    return value
