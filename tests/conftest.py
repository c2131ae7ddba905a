"""These tests run without Odoo: they load modules by path, past the addon's package."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

# the package itself needs Odoo; this one has the same files, and imports nothing
package = ModuleType("addon")
package.__path__ = [str(Path(__file__).parents[1] / "amanat_realtime")]
sys.modules["addon"] = package


def load(path):
    """Import a module of the addon that does not need Odoo.

    :param str path: relative to the addon
    :rtype: module
    """
    return importlib.import_module(
        ".".join(["addon", *Path(path).with_suffix("").parts])
    )


@pytest.fixture(scope="session")
def audit_join():
    return load("audit/joined.py").join


@pytest.fixture(scope="session")
def audit_row():
    return load("audit/row.py").Row


@pytest.fixture(scope="session")
def change_set():
    return load("recording/change_set.py")


@pytest.fixture(scope="session")
def channel():
    return load("channel.py")


@pytest.fixture(scope="session")
def report():
    return load("presence/report.py")


@pytest.fixture(scope="session")
def token_bucket():
    return load("presence/token_bucket.py")


@pytest.fixture(scope="session")
def counters():
    return load("monitoring/counters.py")


@pytest.fixture(scope="session")
def histogram():
    return load("monitoring/histogram.py")


@pytest.fixture(scope="session")
def exposition():
    return load("monitoring/exposition.py")
