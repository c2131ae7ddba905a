"""Keeping others from changing what is being compared."""

from odoo.tools import SQL

from .base import line_bases


def lock_rows(model, ids):
    """Lock rows until the end of the transaction. PostgreSQL answers with a
    serialization failure if one of them was changed since the transaction began, and
    Odoo then runs it again, with a new look at the data. So what is read of them
    afterwards, many2many values included, is what will be overwritten: who changes
    relations of a record through Odoo changes its ``write_date`` too.

    :param BaseModel model:
    :param Iterable[int] ids:
    :return: ids of those that exist
    :rtype: set[int]
    :raise psycopg2.Error: of the kinds after which Odoo runs a transaction again
    """
    ids = sorted({*ids})
    if not ids:
        return set()
    if not model._is_an_ordinary_table():
        return set(model.browse(ids).exists()._ids)
    table = SQL.identifier(model._table)
    # in one order for everybody; references to the rows do not have to wait
    rows = model.env.execute_query(
        SQL(
            "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
            table,
            tuple(ids),
        )
    )
    found = {id_ for [id_] in rows}
    if found and not model._log_access:
        # no write_date: others would not see that a relation was changed
        model.env.execute_query(
            SQL(
                "UPDATE %s SET id = id WHERE id IN %s RETURNING id", table, tuple(found)
            )
        )
    return found


def lock_all(records, base):
    """Lock saved records, their lines and linked records, as far as they have bases.

    :param BaseModel records:
    :param dict base: as :func:`read_base` returns it
    :return: ``{model name: ids that exist}``
    :rtype: dict[str, set[int]]
    """
    wanted = {records._name: {}}
    for id_, fields in base.items():
        _collect(records, id_, fields, wanted)
    # records before their lines, which is how Odoo writes them
    records.env.flush_all()
    found = {}
    for name, names_by_id in wanted.items():
        model = records.env[name]
        found[name] = lock_rows(model, names_by_id)
        # another user of this transaction may have filled the cache
        fields = sorted(set().union(*names_by_id.values()))
        model.browse(names_by_id).invalidate_recordset(fields, flush=False)
    return found


def _collect(model, id_, fields, wanted):
    wanted.setdefault(model._name, {}).setdefault(id_, set()).update(fields)
    for name, value in fields.items():
        field = model._fields[name]
        if field.type in ("one2many", "many2many"):
            comodel = model.env[field.comodel_name]
            wanted.setdefault(comodel._name, {})
            for line_id, line_fields in line_bases(field, value).items():
                _collect(comodel, line_id, line_fields, wanted)
