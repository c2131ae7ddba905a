"""The program with which Odoo mirrors styles for languages from right to left."""

import os
from pathlib import Path

from tools import locks, node, output
from tools.settings import Settings

_VERSION = "4.3.0"


def ensure(settings: Settings) -> None:
    """Have it where :func:`path` finds it."""
    home = settings.data / "rtlcss"
    with locks.exclusive(settings.locks / home.name):
        if not _program(settings).exists():
            output.work(
                "rtlcss",
                ["npm", "install", "--no-audit", "--no-fund", f"--prefix={home}",
                 f"rtlcss@{_VERSION}"],
                settings.logs / "rtlcss.log",
                advice="check the network and start again",
                env=os.environ | {"PATH": node.path(settings)},
            )  # fmt: skip


def path(settings: Settings) -> str:
    """A ``PATH`` for Odoo, which calls it by its name if it is there."""
    if not _program(settings).exists():
        return os.environ["PATH"]
    return os.pathsep.join([str(_program(settings).parent), node.path(settings)])


def _program(settings: Settings) -> Path:
    return settings.data / "rtlcss" / "node_modules" / ".bin" / "rtlcss"
