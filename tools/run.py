"""``make run``: a live Odoo with both addons and demo data."""

import contextlib
import time

from tools import addons, locks, odoo_source, output, ports, postgres
from tools.database import Databases
from tools.errors import ToolError
from tools.odoo import Odoo
from tools.server import Server
from tools.settings import Settings

_USERS = (
    ("admin", "administrator"),
    ("demo", "internal user"),
    ("cashier", "sees only own records"),
    ("auditor", "may read, not write"),
)


def run(settings: Settings) -> None:
    ports.require_free(settings.http_interface, settings.http_port)
    source = odoo_source.find(settings)
    with contextlib.ExitStack() as stack:
        _claim_database(settings, stack)
        variables = stack.enter_context(postgres.running(settings))
        odoo = Odoo(settings, source, variables)
        databases = Databases(odoo)
        databases.check_server()
        databases.ensure(settings.db, addons.names())
        server = Server(
            odoo,
            settings.db,
            workers=settings.workers,
            port=settings.http_port,
            interface=settings.http_interface,
        )
        ports.require_free(settings.http_interface, settings.http_port)
        server.log_path.unlink(missing_ok=True)
        stack.callback(server.stop)
        server.start()
        output.say(_welcome(server, settings))
        while True:
            time.sleep(1)
            server.check()


def _claim_database(settings: Settings, stack: contextlib.ExitStack) -> None:
    lock = locks.try_exclusive(settings.locks / f"database-{settings.db}")
    if not stack.enter_context(lock):
        raise ToolError(
            f"another 'make run' works with the database {settings.db}: stop it, or "
            f"choose another, e.g. make run ODOO_DB={settings.db}2"
        )


def _welcome(server: Server, settings: Settings) -> str:
    shape = (
        f"{settings.workers} HTTP workers and the websocket worker behind a proxy"
        if settings.workers
        else "one threaded process; 'make run WORKERS=2' is the production shape"
    )
    users = "\n".join(f"    {name:8} / {name:8}  {what}" for name, what in _USERS)
    return f"""
Odoo runs at {server.url}   ({shape})

  log in, each with its name as password:
{users}

  to try: open the address in two windows, one of them private, and log in as demo and
  as cashier. The first page says what there is to see. Or go to Amanat > Real-time Test
  in both: change a cell in one window and watch the other; then type in the same field
  in both, and save: you are asked which value to keep.

  log: {server.log_path}
  Ctrl-C stops it."""
