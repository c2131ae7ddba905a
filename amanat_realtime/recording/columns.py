"""Stored values: reading them past the cache, and putting them in JSON form.

The record cache is shared by all users of a transaction: reading through it as
superuser would let Odoo take values from there that their reader may not see.
"""

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
    :return: ``{id: {name: value}}``, without records that are not there; those that
        hold the same may share a dict
    :rtype: dict[int, dict]
    """
    ids = list(ids)
    if not ids or not names:
        return {}
    columns = SQL(", ").join(SQL.identifier(name) for name in names)
    rows = model.env.execute_query(
        SQL(
            "SELECT id, %s FROM %s WHERE id = ANY(%s)",
            columns,
            SQL.identifier(model._table),
            int_array(ids),
        )
    )
    try:
        return _shared(rows, names)
    except TypeError:
        # JSON has no hash
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _shared(rows, names):
    result, known = {}, {}
    for row in rows:
        content = row[1:]
        if content not in known:
            known[content] = dict(zip(names, content, strict=True))
        result[row[0]] = known[content]
    return result


def read_relation(model, ids, name):
    """Read the ids that a stored one2many or many2many field links to.

    :param BaseModel model:
    :param Iterable[int] ids:
    :param str name: name of the field
    :return: ``{id: [linked ids]}``, for all the ids
    :rtype: dict[int, list[int]]
    """
    field = model._fields[name]
    links = {id_: [] for id_ in ids}
    if not links:
        return links
    if field.type == "many2many":
        table, source, target = field.relation, field.column1, field.column2
    else:
        table = model.env[field.comodel_name]._table
        source, target = field.inverse_name, "id"
    rows = model.env.execute_query(
        SQL(
            """ SELECT %(source)s, %(target)s FROM %(table)s
                 WHERE %(source)s = ANY(%(ids)s) """,
            source=SQL.identifier(source),
            target=SQL.identifier(target),
            table=SQL.identifier(table),
            ids=int_array(links),
        )
    )
    for id_, linked in rows:
        links[id_].append(linked)
    return links


def int_array(ids):
    """Return ids as PostgreSQL reads an array fastest; each element of a tuple would be
    adapted in Python, and parsed as an expression.

    :param Iterable[int] ids: no new records
    :rtype: SQL
    """
    return SQL("%s::int[]", "{%s}" % ",".join(map(str, ids)))


def has_column(field):
    """Whether a field has a column whose changes are of interest.

    :rtype: bool
    """
    return bool(field.store and field.column_type) and field.type != "binary"


def is_relation(field):
    """Whether a field is a stored relation without a column.

    :rtype: bool
    """
    return field.store and field.type in ("one2many", "many2many")


def is_plain(field):
    """Whether the values of a field are the same for every reader, so that they can
    travel.

    :rtype: bool
    """
    return (
        field.type in _PLAIN_TYPES
        and has_column(field)
        and not field.translate
        and not field.company_dependent
    )


def travels(value):
    """Whether a value of a plain field is small enough to travel."""
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
