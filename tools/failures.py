"""Which tests failed, and why, out of all that a test runner wrote."""

import re
from collections.abc import Iterator, Sequence

_HEAD = re.compile(
    r"\[HOOT\] Test \".*\" failed"  # a test in the browser
    r"|(?:^|: )(?:FAIL|ERROR): \w+"  # a test in Odoo's runner
    r"|^(?:FAILED|ERROR) \S+::"  # pytest's own list at the end
)
# what goes on in the next line is no new record of a log, and no new line of pytest's
_NEXT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|^(?:FAILED|ERROR) |^=")
_LONGEST = 30


def find(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that name a failed test, each with the ones that belong to it, as
    far as they are the first 30.
    """
    for number, line in enumerate(lines):
        if not _HEAD.search(line):
            continue
        yield line
        for following in lines[number + 1 : number + 1 + _LONGEST]:
            if _NEXT.search(following):
                break
            yield following
