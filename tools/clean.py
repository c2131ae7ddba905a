"""``make clean``: remove what this project made."""

import shutil

from tools import data_folder, output
from tools.errors import ToolError
from tools.postgres import EmbeddedPostgres
from tools.settings import ROOT, Settings

_CACHES = (".pytest_cache", ".ruff_cache", ".hypothesis", "e2e/artifacts")


def clean(settings: Settings) -> None:
    """Remove the data folder and the caches.

    :raises ToolError: the data folder is in use
    """
    if data_folder.is_ours(settings.data):
        server = EmbeddedPostgres(settings)
        server.kept.unlink(missing_ok=True)
        if not server.stop_if_unused():
            raise ToolError(
                f"something still uses {settings.data}: stop it first (make run, make "
                "test, or another client of its PostgreSQL)"
            )
        shutil.rmtree(settings.data)
        output.say(f"removed {settings.data}")
    for name in _CACHES:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for cache in ROOT.rglob("__pycache__"):
        shutil.rmtree(cache, ignore_errors=True)
