"""What the person at the terminal sees."""

import re
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import process
from tools.errors import ToolError

_REASONS = (
    r"^(E:|ERROR:|error:)",
    r"^[\w.]*(Error|Exception)\b.*:",
    r" (CRITICAL|ERROR) ",
)
_TICK = 0.5 if sys.stdout.isatty() else 10


def say(text: str = "") -> None:
    print(text, flush=True)


def work(
    title: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    detail: Callable[[], str] | None = None,
    advice: str,
    **options,
) -> None:
    """Run a long command, show that it moves, and turn its failure into one line.

    :param log: file that takes the command's output
    :param detail: says how far it is; the default is the log's last line
    :param advice: what to do if it fails
    :raises ToolError: the command failed
    """
    log.unlink(missing_ok=True)
    done = threading.Event()
    ticker = threading.Thread(
        target=_tick,
        args=(title, detail or (lambda: last_line(log)), done),
        daemon=True,
    )
    ticker.start()
    try:
        code = process.run(command, log=log, **options).returncode
    finally:
        done.set()
        ticker.join()
    if code:
        raise ToolError(f"{title} failed: {reason(log)}; {advice} (log: {log})")


def last_line(log: Path) -> str:
    """The last line of a file that is being written."""
    return next(reversed(tail(log)), "")


def tail(log: Path) -> list[str]:
    """The last lines of a file that is being written."""
    try:
        with log.open("rb") as handle:
            handle.seek(max(0, log.stat().st_size - 4000))
            return handle.read().decode(errors="replace").splitlines()
    except OSError:
        return []


def reason(log: Path) -> str:
    """The line of a log that best says why a command failed."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return "no output"
    lines = [line.strip() for line in lines if line.strip()]
    for pattern in _REASONS:
        found = [line for line in lines if re.search(pattern, line)]
        if found:
            return found[-1][:300]
    return lines[-1][:300] if lines else "no output"


def _tick(title: str, detail: Callable[[], str], done: threading.Event) -> None:
    begin = time.monotonic()
    live = sys.stdout.isatty()
    print(f"{title} ...", end="" if live else "\n", flush=True)
    while not done.wait(_TICK):
        line = f"{title} ... {time.monotonic() - begin:.0f} s  {detail()}"
        if live:
            print(f"\r\033[K{line[:100]}", end="", flush=True)
        else:
            print(f"  {line[:200]}", flush=True)
    if live:
        print(f"\r\033[K{title}: {time.monotonic() - begin:.0f} s", flush=True)
