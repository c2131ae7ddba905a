"""Promise: the table of the ways of saving names tests that exist."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "saving.md"
LINKS = re.findall(r"\[(`?)([^\]`]+)`?\]\(([^)]+)\)", PAGE.read_text())
# Hoot tests that are made in a loop
_LOOPS = {"Enter/Tab": "${key}"}


@pytest.mark.parametrize(("name", "path"), [link[1:] for link in LINKS])
def test_link(name, path):
    source = (PAGE.parent / path).read_text()
    for shown, written in _LOOPS.items():
        name = name.replace(shown, written)
    found = (
        f"def {name}(" in source
        if path.endswith(".py")
        else re.search(rf"\btest\(\s*[\"`]{re.escape(name)}[\"`]", source)
    )
    assert found, f"no such test in {path}"


def test_there_are_links():
    assert len(LINKS) > 50
