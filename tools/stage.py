"""One stage of ``make test``: a command whose output is shown and judged."""

import dataclasses
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tools import failures, output, process

_ODOO = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests.*")
_PYTEST = re.compile(r"^=* ?((\d+ \w+, )*\d+ \w+ in [\d.]+s.*?) ?=*$")


@dataclasses.dataclass(frozen=True)
class Result:
    """What a stage ended with: the summary that the runner itself wrote, and its lines
    about tests that failed.
    """

    name: str
    summary: str
    passed: bool
    seconds: float
    failures: tuple[str, ...] = ()

    def __str__(self) -> str:
        mark = "passed" if self.passed else "FAILED"
        return f"{mark}  {self.name}: {self.summary}  ({self.seconds:.0f} s)"


def run(name: str, command: Sequence, log: Path, **options) -> Result:
    """Run a test runner to its end; all it writes goes to the terminal and to a log."""
    output.say(f"\n===== {name} =====")
    begin = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    child = process.start(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    lines = []
    try:
        with log.open("w") as copy:
            for raw in child.stdout:
                line = raw.decode(errors="replace").rstrip("\n")
                output.say(line)
                print(line, file=copy)
                lines.append(line)
        code = child.wait()
    except BaseException:
        process.stop(child)
        raise
    summary, passed = judge(lines)
    passed = passed and code == 0
    seconds = time.monotonic() - begin
    failed = () if passed else tuple(failures.find(lines))
    return Result(name, summary, passed, seconds, failed)


def judge(lines: Sequence[str]) -> tuple[str, bool]:
    """Find the runner's summary, and whether any test ran and none failed."""
    for line in reversed(lines):
        if found := _ODOO.search(line):
            failed, errors, total = map(int, found.groups())
            return found[0], not failed and not errors and total > 0
        if found := _PYTEST.match(re.sub(r"\x1b\[[\d;]*m", "", line)):
            counts = dict(reversed(part.split()[:2]) for part in found[1].split(", "))
            bad = {"failed", "error", "errors"} & counts.keys()
            return found[1], not bad and int(counts.get("passed", 0)) > 0
    return "no test summary: the run broke off", False
