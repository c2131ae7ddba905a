"""What fails only now and then, told from what fails."""

import dataclasses
import re
from collections.abc import Callable, Sequence

from tools.stage import Result

#: more than these at once are no accident
MOST = 3
_FAILED = re.compile(r"(?:FAILED|ERROR) (\S+::.*?)(?: - .*)?")


def confirm(first: Result, run: Callable[[Sequence[str]], Result]) -> Result:
    """Run the few tests of pytest that failed again, with the machine to themselves.

    Several servers and browsers share few cores. What needs more patience than a test
    has is named with its failure, and is to be mended, but is no reason to stop a
    change that did not cause it.

    :param first: how the stage ended
    :param run: runs the tests that it is given, one after the other
    :return: passed if all that failed passed the second time; its summary says both
    """
    found = [_FAILED.fullmatch(line) for line in first.failures]
    tests = [match[1] for match in found if match]
    if first.passed or not 0 < len(tests) <= MOST:
        return first
    again = run(tests)
    return dataclasses.replace(
        first,
        summary=f"{first.summary}; those again, by themselves: {again.summary}",
        passed=again.passed,
        seconds=first.seconds + again.seconds,
        failures=first.failures + again.failures,
    )
