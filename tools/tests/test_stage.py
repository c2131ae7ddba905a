import pytest

from tools.stage import judge


@pytest.mark.parametrize(
    ("line", "passed"),
    [
        (
            "2026-01-01 INFO db odoo.tests.result: 0 failed, 0 error(s) of 12 tests",
            True,
        ),
        ("0 failed, 0 error(s) of 0 tests when loading database 'db'", False),
        ("1 failed, 0 error(s) of 12 tests", False),
        ("0 failed, 2 error(s) of 12 tests", False),
        ("===== 12 passed, 1 warning in 3.21s =====", True),
        ("12 passed in 0.12s", True),
        ("== 1 failed, 11 passed in 65.00s (0:01:05) ==", False),
        ("== 11 passed, 1 error in 1.00s ==", False),
        ("== 3 skipped in 1.00s ==", False),
        ("no tests ran in 0.01s", False),
        ("Segmentation fault", False),
    ],
)
def test_summary_line_is_judged(line, passed):
    assert judge(["collected", line, ""])[1] is passed


def test_summary_is_the_runners_own():
    assert judge(["== 2 passed in 1.00s =="])[0] == "2 passed in 1.00s"
