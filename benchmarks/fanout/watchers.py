"""The sockets of a benchmark, as the rest of it sees them."""

import contextlib
import sys
from collections.abc import Iterator

from benchmarks.fanout.receipts import Receipt
from benchmarks.helper import Helper, helping
from tools import process
from tools.settings import ROOT, Settings

# seconds without a message after which those that are missing count as lost
_PATIENCE = 30
# and seconds after the last change after which they do in any case
_LIMIT = 120


class Watchers:
    """Sockets in a process of their own.

    :ivar count: how many there are
    """

    def __init__(self, load: Helper):
        self._load = load
        self.count = 0

    def connect(self, url: str, headers: list[dict], hello: dict | None) -> None:
        """Open one more socket for each set of headers.

        :param hello: what each sends first
        :raises RuntimeError: the server refuses
        """
        arguments = {"url": url, "headers": headers, "hello": hello}
        self._load.ask(("connect", arguments))
        self.count += len(headers)

    def collect(self, changes: int, first: int, patience: float = _PATIENCE) -> dict:
        """Wait for messages about changes.

        :param changes: how many
        :param first: the lowest value of them; what has a lower one is forgotten
        :return: ``receipts``, their ``bytes``, ``closed`` sockets
        """
        wanted = {
            "count": changes * self.count,
            "first": first,
            "patience": patience,
            "limit": _LIMIT,
        }
        came = self._load.ask(("collect", wanted))
        return {**came, "receipts": [Receipt(*r) for r in came["receipts"]]}


@contextlib.contextmanager
def watching(settings: Settings) -> Iterator[Watchers]:
    """Have a process for sockets."""

    def start(address: str):
        command = [sys.executable, "-m", "benchmarks.fanout.load", address]
        return process.start(command, log=settings.logs / "bench-load.log", cwd=ROOT)

    with helping(start) as load:
        yield Watchers(load)
