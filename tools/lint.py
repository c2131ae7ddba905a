"""``make lint``: pre-commit with every check."""

import os
import shutil
import subprocess

from tools import locks, node, venv
from tools.errors import ToolError
from tools.settings import ROOT, Settings


def lint(settings: Settings) -> int:
    """Check all tracked files; return the exit code.

    :raises ToolError: this is not a git checkout
    """
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        raise ToolError("the checks work on a git checkout, and need git")
    home = settings.data / "lint-venv"
    with locks.exclusive(settings.locks / home.name):
        venv.create(home, settings)
        venv.install(home, "lint", settings)
    environ = {
        "PATH": node.path(settings, home),
        "PRE_COMMIT_HOME": str(settings.data / "pre-commit"),
    }
    return subprocess.call(
        [home / "bin" / "pre-commit", "run", "--all-files", "--show-diff-on-failure"],
        cwd=ROOT, env=os.environ | environ,
    )  # fmt: skip
