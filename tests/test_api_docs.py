"""Promise: the examples in JavaScript in docs/api.md are run by a Hoot test."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "api.md"
TESTS = _ROOT / "amanat_realtime/static/tests/core/api_docs.test.js"
EXAMPLES = re.findall(r"```js\n(.*?)```", PAGE.read_text(), re.DOTALL)


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_run(example):
    assert _words(example) in _words(TESTS.read_text())


def test_there_are_examples():
    assert len(EXAMPLES) == 2
