"""The browser that tests use."""

import os
import shutil
from pathlib import Path

from tools import output
from tools.errors import ToolError
from tools.settings import Settings

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_INSTALL = "apt-get update && apt-get install --yes --no-install-recommends chromium"


def find() -> str | None:
    """The path of an installed browser."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def ensure(settings: Settings) -> str:
    """Return the path of the browser; root gets it installed."""
    if not find():
        if os.geteuid() or not shutil.which("apt-get"):
            raise ToolError(
                "the tests need Chromium; install it, e.g. with: sudo apt-get install "
                "chromium"
            )
        output.work(
            "Chromium", ["sh", "-c", _INSTALL], Path(settings.logs / "chromium.log"),
            advice="install Chromium yourself",
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip
    return find() or ""
