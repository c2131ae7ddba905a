"""This project's addons."""

import hashlib
from pathlib import Path

from tools.settings import ROOT

# changes in these need no update of a database
_PASSIVE = {"__pycache__", "tests", "static", "readme"}


def names(root: Path = ROOT) -> list[str]:
    """The addons in this checkout."""
    return sorted(path.parent.name for path in root.glob("*/__manifest__.py"))


def fingerprint(root: Path = ROOT) -> str:
    """Changes whenever a database that has the addons needs to be updated."""
    digest = hashlib.sha256()
    for name in names(root):
        for path in sorted((root / name).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not _PASSIVE.intersection(inside.parts):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{inside}\0{content}\n".encode())
    return digest.hexdigest()
