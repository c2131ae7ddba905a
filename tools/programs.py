"""Programs that tests and servers need beside Odoo."""

import shutil
from pathlib import Path

from tools import apt, locks
from tools.settings import Settings


def find(settings: Settings, name: str, path: str, title: str) -> Path:
    """An installed program, or that of the Debian package of the same name, which is
    unpacked without being installed.

    :param name: of the program and its package
    :param path: where it lies in the package
    :param title: what people call it
    """
    installed = shutil.which(name)
    if installed:
        return Path(installed)
    home = settings.data / name
    with locks.exclusive(settings.locks / name):
        if not (home / path).exists():
            packages = {name: apt.codename()}
            apt.fetch(title, packages, home, settings.data / f"apt-{name}")
    return home / path
