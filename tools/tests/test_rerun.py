"""A test that fails now and then is named, and one that fails is never let through."""

import pytest

from tools.rerun import MOST, confirm
from tools.stage import Result

ONE = "FAILED e2e/test_list.py::test_one[paged list-threaded] - TimeoutError: 1 - 2"
TWO = "ERROR e2e/test_list.py::test_two[threaded]"
AGAIN = Result("e2e-again", "2 passed in 3.00s", True, 3)


def ended(*failures, passed=False):
    return Result("e2e", "2 failed, 8 passed in 9.00s", passed, 9, failures)


def test_what_passes_the_second_time_is_named():
    asked = []
    result = confirm(ended(ONE, TWO), lambda tests: asked.append(tests) or AGAIN)
    [tests] = asked
    assert tests == [
        "e2e/test_list.py::test_one[paged list-threaded]",
        "e2e/test_list.py::test_two[threaded]",
    ]
    assert result.passed
    assert "2 failed, 8 passed" in str(result)
    assert "2 passed in 3.00s" in str(result)
    assert result.failures == (ONE, TWO)
    assert result.seconds == 12


def test_what_fails_again_has_failed():
    again = Result("e2e-again", "1 failed, 1 passed in 3.00s", False, 3, (ONE,))
    result = confirm(ended(ONE, TWO), lambda tests: again)
    assert not result.passed
    assert result.failures == (ONE, TWO, ONE)


@pytest.mark.parametrize(
    "first",
    [
        ended(passed=True),
        # it broke off
        ended(),
        ended(*[TWO] * (MOST + 1)),
    ],
)
def test_nothing_else_is_run_again(first):
    def run(tests):
        raise AssertionError(tests)

    assert confirm(first, run) is first
