"""Whoever reads the end of a long run learns which test failed."""

from tools.failures import find

_LOG = "2026-01-01 10:00:00,000 7 INFO db odoo.tests: "


def test_browser_test_is_named_with_its_reason():
    lines = [
        f'{_LOG}[HOOT] Test "@a/list/a row comes" passed (assertions: 2)',
        f'{_LOG}[HOOT] Test "@a/list/a row goes" failed:',
        "1. expected values to be equal",
        f'{_LOG}[HOOT] "@a/list" ended (passed: 1 / failed: 1)',
        "a line of something else",
    ]
    assert list(find(lines)) == lines[1:3]


def test_python_test_is_named_with_its_traceback():
    lines = [
        f"{_LOG}Starting TestA.test_one ...",
        f"{_LOG}FAIL: TestA.test_one",
        "Traceback (most recent call last):",
        "AssertionError: 1 != 2",
        f"{_LOG}Starting TestA.test_two ...",
    ]
    assert list(find(lines)) == lines[1:4]


def test_list_of_pytest_is_taken():
    lines = [
        "==== short test summary info ====",
        "FAILED e2e/test_list.py::test_one[threaded] - AssertionError",
        "ERROR e2e/test_list.py::test_two[workers]",
        "==== 1 failed, 1 error in 2.00s ====",
    ]
    assert list(find(lines)) == lines[1:3]


def test_long_reason_is_cut():
    lines = [f"{_LOG}ERROR: TestA.test_one", *["more"] * 1000]
    assert len(list(find(lines))) == 31


def test_nothing_is_found_in_a_run_that_passed():
    assert not list(find([f"{_LOG}0 failed, 0 error(s) of 3 tests", "3 passed in 1s"]))
