"""Odoo 19 does not run on every Python; this file is for those too."""

import sys

OLDEST, NEWEST = (3, 10), (3, 13)


def check(version=sys.version_info[:2]):
    """Say so before anything is downloaded."""
    if not OLDEST <= version <= NEWEST:
        sys.exit(
            "error: Odoo 19 runs on Python %d.%d to %d.%d, this is %d.%d: "
            "name another one, e.g. make run PYTHON=python3.11"
            % (OLDEST + NEWEST + tuple(version))
        )
