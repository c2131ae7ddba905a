"""Rows of the audit in the database."""

import json

from odoo.tools import SQL

from .row import Row

_COLUMNS = {
    "action": "text",
    "res_id": "integer",
    "record_name": "text",
    "field": "text",
    "field_id": "integer",
    "ttype": "text",
    "company_id": "integer",
    "old_raw": "jsonb",
    "new_raw": "jsonb",
    "old_text": "text",
    "new_text": "text",
    "difference": "double precision",
    "secret": "boolean",
    "rights": "text",
}


def insert_rows(env, header, rows):
    """Write rows about one model.

    :param Environment env:
    :param dict header: what all of them have in common
    :param list[Row] rows:
    """
    field_ids = env["ir.model.fields"].sudo()._get_ids(header["model"])
    columns = zip(*(_values(row, field_ids) for row in rows), strict=True)
    # the ORM would take several times as long as the change itself
    env.cr.execute(
        SQL(
            """ INSERT INTO amanat_activity (%s, %s)
                SELECT %s, %s FROM unnest(%s) AS kept(%s) """,
            SQL(", ").join(map(SQL.identifier, header)),
            SQL(", ").join(map(SQL.identifier, _COLUMNS)),
            SQL(", ").join(SQL("%s", value) for value in header.values()),
            SQL(", ").join(
                SQL("%s::%s", SQL.identifier("kept", name), SQL(kind))
                for name, kind in _COLUMNS.items()
            ),
            SQL(", ").join(
                SQL("%s::%s[]", list(column), SQL(_sent_as(kind)))
                for column, kind in zip(columns, _COLUMNS.values(), strict=True)
            ),
            SQL(", ").join(map(SQL.identifier, _COLUMNS)),
        )
    )


def read_rows(env, transaction, model_name, ids):
    """Read what a transaction has written of some records.

    :return: ``{id: Row}``
    :rtype: dict[int, Row]
    """
    found = env.execute_query(
        SQL(
            """ SELECT id, action, res_id, record_name, field, ttype, company_id,
                       old_raw, new_raw, old_text, new_text, secret, rights
                  FROM amanat_activity
                 WHERE model = %s AND res_id IN %s AND transaction = %s
              ORDER BY id """,
            model_name,
            tuple(ids),
            transaction,
        )
    )
    return {id_: Row(*values) for id_, *values in found}


def delete_rows(env, ids):
    """Remove rows that are no longer true."""
    env.cr.execute(SQL("DELETE FROM amanat_activity WHERE id IN %s", tuple(ids)))


def _values(row, field_ids):
    return (
        row.action,
        row.res_id,
        row.record_name or None,
        row.field,
        field_ids.get(row.field),
        row.ttype,
        row.company_id,
        _json(row.old),
        _json(row.new),
        row.old_text,
        row.new_text,
        row.difference,
        row.secret,
        row.rights,
    )


def _json(value):
    return None if value is None else json.dumps(value)


def _sent_as(kind):
    return "text" if kind == "jsonb" else kind
