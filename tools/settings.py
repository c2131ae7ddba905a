"""What the environment says, and where things lie."""

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tools.errors import ToolError

ROOT = Path(__file__).resolve().parent.parent
PG_SERVER_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGUSER")
# PostgreSQL cuts names at 63 bytes, and a database under construction has a suffix
DB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,50}")


@dataclasses.dataclass(frozen=True)
class Settings:
    """The choices of whoever starts a command; all paths are absolute."""

    data: Path
    db: str
    http_port: int
    http_interface: str
    workers: int
    odoo_home: Path | None
    external_postgres: bool

    @property
    def odoo_data(self) -> Path:
        """Odoo's ``data_dir``: filestore and sessions."""
        return self.data / "data"

    @property
    def filestore(self) -> Path:
        return self.odoo_data / "filestore"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def locks(self) -> Path:
        return self.data / "locks"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    :raises ToolError: a variable has a value that cannot work
    """
    environ = os.environ if environ is None else environ
    db = environ.get("ODOO_DB") or "amanat"
    if not DB_NAME.fullmatch(db):
        raise ToolError(
            f"ODOO_DB={db!r} is no database name: use up to 50 letters, digits, '_', "
            "'-' and '.'"
        )
    if environ.get("PGUSER") == "postgres":
        raise ToolError(
            "PGUSER=postgres: Odoo refuses to work as PostgreSQL's own administrator; "
            "create another role (createuser --createdb odoo) and set PGUSER to it"
        )
    home = environ.get("ODOO_HOME")
    return Settings(
        data=_path(environ.get("ODOO_DATA") or ".odoo"),
        db=db,
        http_port=_number(environ, "ODOO_HTTP_PORT", 8069, 1, 65535),
        http_interface=environ.get("ODOO_HTTP_INTERFACE") or "127.0.0.1",
        workers=_number(environ, "WORKERS", 0, 0, 64),
        odoo_home=_path(home) if home else None,
        external_postgres=any(environ.get(name) for name in PG_SERVER_VARIABLES),
    )


def _path(value: str) -> Path:
    return Path(os.path.abspath(ROOT / Path(value).expanduser()))


def _number(
    environ: Mapping[str, str], name: str, default: int, low: int, high: int
) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ToolError(f"{name}={value!r}: give a number from {low} to {high}")
    return int(value)
