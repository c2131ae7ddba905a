"""The audit log of the Odoo Community Association, to compare with."""

import sys
from pathlib import Path

from tools import locks, output
from tools.settings import Settings

_PACKAGE = "odoo-addon-auditlog==19.0.2.0.1"


def addons_path(settings: Settings) -> Path:
    """Return the folder with the addon, after downloading it where needed.

    :raises ToolError: it cannot be had
    """
    home = settings.data / "auditlog"
    found = home / "odoo" / "addons"
    with locks.exclusive(settings.locks / home.name):
        if not (found / "auditlog" / "__manifest__.py").exists():
            # the package asks for Odoo as a package, which is not how it is here
            command = [
                sys.executable, "-m", "pip", "install", "--disable-pip-version-check",
                "--no-input", "--no-deps", "--target", home, _PACKAGE,
            ]  # fmt: skip
            output.work(
                "OCA auditlog", command, settings.logs / "pip-auditlog.log",
                advice="check the network and start again",
            )  # fmt: skip
    return found
