"""Find Odoo 19: ``ODOO_HOME``, an importable ``odoo``, or Debian's package."""

import dataclasses
import importlib.util
import re
from pathlib import Path

from tools import apt, locks, output
from tools.errors import ToolError
from tools.settings import Settings

SERIES = "19.0"
# the package links to fonts and scripts of these
_LINKED = (
    "fonts-font-awesome", "fonts-glyphicons-halflings", "fonts-inconsolata",
    "fonts-ocr-b", "fonts-roboto-unhinted", "libjs-jquery", "libjs-jquery-form",
    "libjs-underscore",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class OdooSource:
    """Where Odoo lies.

    :param root: the folder to put on ``PYTHONPATH``; it holds the package ``odoo``
    :param importable: the running Python has Odoo, and what Odoo needs, already
    """

    root: Path
    importable: bool = False

    @property
    def addons_paths(self) -> list[Path]:
        """Folders of addons that Odoo does not find by itself."""
        found = self.root / "addons"
        return [found] if (found / "web" / "__manifest__.py").exists() else []


def find(settings: Settings) -> OdooSource:
    """Return Odoo's source, and download it if there is none."""
    if settings.odoo_home:
        return _from_home(settings.odoo_home)
    return _importable() or _downloaded(settings)


def series(root: Path) -> str | None:
    """The version of the ``odoo`` package in a folder, like ``19.0``."""
    try:
        text = (root / "odoo" / "release.py").read_text()
    except OSError:
        return None
    found = re.search(r"^version_info = \(\D*(\d+)\D+(\d+)", text, re.MULTILINE)
    return f"{found[1]}.{found[2]}" if found else None


def _from_home(home: Path) -> OdooSource:
    for root in (home, home / "usr/lib/python3/dist-packages"):
        found = series(root)
        if found == SERIES:
            return OdooSource(root)
        if found:
            raise ToolError(f"ODOO_HOME={home} is Odoo {found}: give one of {SERIES}")
    raise ToolError(
        f"ODOO_HOME={home} has no odoo/release.py: set it to the folder of an Odoo "
        f"{SERIES} source, or unset it to have Odoo downloaded"
    )


def _importable() -> OdooSource | None:
    spec = importlib.util.find_spec("odoo")
    for location in (spec and spec.submodule_search_locations) or ():
        root = Path(location).resolve().parent
        if series(root) == SERIES:
            return OdooSource(root, importable=True)
    return None


def _downloaded(settings: Settings) -> OdooSource:
    home = settings.data / "odoo"
    root = home / "usr/lib/python3/dist-packages"
    with locks.exclusive(settings.locks / "odoo"):
        if series(root) != SERIES:
            output.say(f"Odoo {SERIES} goes to {home}; this happens once.")
            packages = {"odoo-19": apt.ODOO_SUITE}
            packages |= dict.fromkeys(_LINKED, apt.codename())
            apt.fetch(f"Odoo {SERIES}", packages, home, settings.data / "apt")
    return OdooSource(root)
