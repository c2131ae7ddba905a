"""Promise: the changelog of an addon begins with the version that it has."""

import ast
import re

import pytest

from tools import addons
from tools.settings import ROOT


@pytest.mark.parametrize("addon", addons.names())
def test_begins_with_the_version(addon):
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    history = (ROOT / addon / "readme" / "HISTORY.md").read_text()
    [latest, *_older] = re.findall(r"^## (\S+)", history, re.MULTILINE)
    assert latest == manifest["version"]
    assert latest in (ROOT / "CHANGELOG.md").read_text()
