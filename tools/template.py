"""Databases that are prepared once and copied for each use."""

import hashlib
from collections.abc import Sequence

from tools import addons, locks
from tools.database import Databases

# nobody runs Odoo with base and web only
BUSINESS_MODULES = ("mail", "contacts", "sale_management", "project", "crm")
_PREFIX = "amanat_template_"


def copy_to(
    databases: Databases, name: str, modules: Sequence[str], *, bare: bool = False
) -> None:
    """Make a database with this project's addons and other modules.

    The other modules take more than a minute to install, the addons some seconds, and
    only the addons change: so the template with the addons is a copy of one without.

    :param bare: without this project's addons
    """
    prepared = _bare if bare else _complete
    with _alone(databases):
        databases.copy(prepared(databases, modules), name)


def prepare(databases: Databases, modules: Sequence[str]) -> None:
    """Have what :func:`copy_to` copies."""
    with _alone(databases):
        _complete(databases, modules)


def _alone(databases: Databases):
    # PostgreSQL refuses to copy a database in use
    return locks.exclusive(databases.settings.locks / "templates")


def _bare(databases: Databases, modules: Sequence[str]) -> str:
    # names are short enough for the suffix of a database under construction
    name = f"{_PREFIX}{_key(databases.odoo.source.root, *modules)}"
    if modules and not databases.exists(name):
        databases.create(name, list(modules))
    return name


def _complete(databases: Databases, modules: Sequence[str]) -> str:
    bare = _bare(databases, modules)
    complete = f"{bare}_{_key(addons.fingerprint())}"
    if not databases.exists(complete):
        for outdated in databases.names(f"{bare}_"):
            databases.drop(outdated)
        databases.create(complete, addons.names(), template=bare if modules else None)
    return complete


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]
