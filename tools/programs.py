"""Programs that tests and servers need beside Odoo."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from tools import apt, locks
from tools.settings import Settings


def find(
    settings: Settings, name: str, path: str, title: str, needs: Sequence[str] = ()
) -> Path:
    """An installed program, or that of the Debian package of the same name, which is
    unpacked without being installed.

    :param name: of the program and its package
    :param path: where it lies in the package
    :param title: what people call it
    :param needs: packages that it needs and that machines lack; libraries among them
        need :func:`libraries`, too
    """
    installed = shutil.which(name)
    if installed:
        return Path(installed)
    home = settings.data / name
    with locks.exclusive(settings.locks / name):
        if not (home / path).exists():
            packages = dict.fromkeys((name, *needs), apt.codename())
            apt.fetch(title, packages, home, settings.data / f"apt-{name}")
    return home / path


def libraries(settings: Settings, program: Path) -> dict[str, str]:
    """Variables with which an unpacked program finds the libraries beside it."""
    if not program.is_relative_to(settings.data):
        return {}
    folders = {path.parent for path in program.parents[1].glob("lib/**/*.so.*")}
    return {"LD_LIBRARY_PATH": ":".join(map(str, sorted(folders)))}
