"""The database itself, past Odoo."""

import contextlib
from collections.abc import Iterator

import psycopg2

from tools.server import Server

_VARIABLES = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user"}


@contextlib.contextmanager
def cursor(odoo: Server) -> Iterator:
    """A cursor on a server's database; what it did is committed at the end."""
    variables = odoo.odoo.postgres
    where = {
        option: variables[name] for name, option in _VARIABLES.items() if variables
    }
    connection = psycopg2.connect(dbname=odoo.db, **where)
    try:
        with connection, connection.cursor() as opened:
            yield opened
    finally:
        connection.close()
