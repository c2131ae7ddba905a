"""Databases that are prepared once and copied for each use."""

import hashlib
from collections.abc import Sequence

from tools import addons, locks
from tools.database import Databases

# nobody runs Odoo with base and web only
BUSINESS_MODULES = ("mail", "contacts", "sale_management", "project", "crm")
_PREFIX = "amanat_template_"


def copy_to(databases: Databases, name: str, modules: Sequence[str]) -> None:
    """Make a database with this project's addons and other modules.

    The other modules take more than a minute to install, the addons some seconds, and
    only the addons change: so the template with the addons is a copy of one without.
    """
    with _alone(databases):
        databases.copy(_prepared(databases, modules), name)


def prepare(databases: Databases, modules: Sequence[str]) -> None:
    """Have what :func:`copy_to` copies."""
    with _alone(databases):
        _prepared(databases, modules)


def _alone(databases: Databases):
    # PostgreSQL refuses to copy a database in use
    return locks.exclusive(databases.settings.locks / "templates")


def _prepared(databases: Databases, modules: Sequence[str]) -> str:
    # names are short enough for the suffix of a database under construction
    bare = f"{_PREFIX}{_key(databases.odoo.source.root, *modules)}"
    if modules and not databases.exists(bare):
        databases.create(bare, list(modules))
    complete = f"{bare}_{_key(addons.fingerprint())}"
    if not databases.exists(complete):
        for outdated in databases.names(f"{bare}_"):
            databases.drop(outdated)
        databases.create(complete, addons.names(), template=bare if modules else None)
    return complete


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]
