"""Odoo databases: made, updated, copied and dropped together with their filestores."""

import contextlib
import json
import re
import shutil
from pathlib import Path

import psycopg2
from psycopg2 import errors, sql

from tools import addons, output
from tools.errors import ToolError
from tools.odoo import Odoo

_OLDEST_POSTGRES = 13
_BUILDING = "_building"


class Databases:
    """The databases of one PostgreSQL server."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo
        self.settings = odoo.settings

    def check_server(self) -> None:
        """:raises ToolError: PostgreSQL cannot be used, and why"""
        with self._connect() as cursor:
            version = cursor.connection.server_version // 10000
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper, rolname FROM pg_roles"
                " WHERE rolname = current_user"
            )
            may_create, role = cursor.fetchone()
        if version < _OLDEST_POSTGRES:
            raise ToolError(
                f"PostgreSQL {version} is too old: Odoo 19 needs {_OLDEST_POSTGRES} or "
                "newer; unset the PG* variables to use the embedded one"
            )
        if not may_create:
            raise ToolError(
                f"the PostgreSQL role {role} may not create databases: "
                f"ALTER ROLE {role} CREATEDB"
            )
        if role == "postgres":
            raise ToolError(
                "Odoo refuses to work as the PostgreSQL role postgres: "
                "set PGUSER to another one"
            )

    def exists(self, name: str) -> bool:
        with self._connect() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return bool(cursor.fetchone())

    def names(self, prefix: str) -> list[str]:
        with self._connect() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                [prefix],
            )
            return [name for (name,) in cursor.fetchall()]

    def drop(self, name: str) -> None:
        """Remove a database and its files; it need not exist."""
        with self._connect() as cursor:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            cursor.execute(statement.format(sql.Identifier(name)))
        shutil.rmtree(self._files(name), ignore_errors=True)
        self._state(name).unlink(missing_ok=True)

    def copy(self, template: str, name: str) -> None:
        """Make a database like another one, which nobody may be connected to."""
        self.drop(name)
        with self._connect() as cursor:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            names = sql.Identifier(name), sql.Identifier(template)
            cursor.execute(statement.format(*names))
        if self._files(template).exists():
            shutil.copytree(self._files(template), self._files(name))

    def create(self, name: str, modules: list[str], *, template: str | None = None):
        """Make a database that has modules and their demo data.

        It has another name until it is complete, so that what an interrupted start
        left behind is never taken for a database.
        """
        building = name + _BUILDING
        self.drop(building)
        if template:
            self.copy(template, building)
        self._install(building, modules, f"Database {name}")
        self.drop(name)
        if self._files(building).exists():
            self._files(building).rename(self._files(name))
        with self._connect() as cursor:
            statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            names = sql.Identifier(building), sql.Identifier(name)
            cursor.execute(statement.format(*names))
        self._remember(name)

    def ensure(self, name: str, modules: list[str]) -> None:
        """Have a database that is made of the addons as they are now."""
        if not self.exists(name):
            self.create(name, modules)
        elif not self._is_current(name):
            self.update(name, modules)

    def update(self, name: str, modules: list[str]) -> None:
        """Bring the modules in a database up to date, and install those not in it."""
        with self._connect(name) as cursor:
            try:
                cursor.execute(
                    "SELECT name FROM ir_module_module"
                    " WHERE name = ANY(%s) AND state IN ('installed', 'to upgrade')",
                    [modules],
                )
            except errors.UndefinedTable:
                raise ToolError(
                    f"the database {name} is not one of Odoo: drop it (dropdb {name}) "
                    "or name another in ODOO_DB"
                ) from None
            present = {row[0] for row in cursor.fetchall()}
        self._run_odoo(
            name, f"Database {name}: update",
            f"--update={','.join(sorted(present)) or 'base'}",
            *(f"--init={','.join(missing)}" for missing in [
                [module for module in modules if module not in present]
            ] if missing),
        )  # fmt: skip
        self._remember(name)

    def _install(self, name: str, modules: list[str], title: str) -> None:
        self._run_odoo(name, title, f"--init={','.join(modules)}", "--with-demo")

    def _run_odoo(self, name: str, title: str, *arguments: str) -> None:
        log = self.settings.logs / f"install-{name}.log"
        output.work(
            title,
            self.odoo.command(
                f"--database={name}", *arguments, "--stop-after-init", "--no-http"
            ),
            log,
            detail=lambda: _progress(log),
            advice="the log says more",
            env=self.odoo.environ(),
        )

    def _is_current(self, name: str) -> bool:
        try:
            state = json.loads(self._state(name).read_text())
        except (OSError, ValueError):
            return False
        return state == {"fingerprint": addons.fingerprint()}

    def _remember(self, name: str) -> None:
        self._state(name).parent.mkdir(parents=True, exist_ok=True)
        state = {"fingerprint": addons.fingerprint()}
        self._state(name).write_text(json.dumps(state))

    def _files(self, name: str) -> Path:
        return self.settings.filestore / name

    def _state(self, name: str) -> Path:
        return self.settings.odoo_data / f"{name}.json"

    @contextlib.contextmanager
    def _connect(self, name: str = "postgres"):
        # what is not said here, the PG* variables of this process say
        place = {key[2:].lower(): val for key, val in self.odoo.postgres.items()}
        try:
            connection = psycopg2.connect(dbname=name, connect_timeout=10, **place)
        except psycopg2.OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            raise ToolError(
                f"PostgreSQL cannot be reached: {reason}; correct PG* variables, or "
                "unset them to use the embedded one"
            ) from None
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()


def _progress(log: Path) -> str:
    last = output.last_line(log)
    found = re.search(r"Loading module (\w+) \((\d+/\d+)\)", last)
    return f"module {found[2]} {found[1]}" if found else ""
