"""How Odoo is called."""

import dataclasses
import os
import sys
from pathlib import Path

from tools import rtlcss
from tools.odoo_source import OdooSource
from tools.settings import ROOT, Settings

_LAUNCHER = Path(__file__).resolve().parent / "launcher" / "odoo-bin"
# Odoo takes any option from such variables, and they would surprise here
_FOREIGN = ("ODOO_RC", "PGDATABASE", "ODOO_ADDONS_PATH", "ODOO_DATA_DIR", "PYTHONHOME")


@dataclasses.dataclass(frozen=True)
class Odoo:
    """An Odoo to run commands with.

    :param postgres: variables that say where PostgreSQL is, from ``postgres.running``
    :param more_addons: further folders of addons
    """

    settings: Settings
    source: OdooSource
    postgres: dict[str, str]
    more_addons: tuple[Path, ...] = ()

    def command(self, *arguments: str) -> list[str]:
        return [
            sys.executable,
            str(_LAUNCHER),
            *arguments,
            f"--config={self.config()}",
            f"--addons-path={','.join(map(str, self.addons_paths))}",
            f"--data-dir={self.settings.odoo_data}",
        ]

    @property
    def addons_paths(self) -> list[Path]:
        return [*self.source.addons_paths, ROOT, *self.more_addons]

    def environ(self) -> dict[str, str]:
        environ = {key: val for key, val in os.environ.items() if key not in _FOREIGN}
        path = [str(self.source.root), os.environ.get("PYTHONPATH")]
        ours = {
            "PATH": rtlcss.path(self.settings),
            "PYTHONPATH": ":".join(filter(None, path)),
        }
        return environ | self.postgres | ours

    def config(self) -> Path:
        """An empty file: Odoo would read the one in the home folder otherwise."""
        path = self.settings.data / "odoo.conf"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("[options]\n")
        return path
