"""What takes part in the comparison."""

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import psutil

from benchmarks.fanout.receipts import Change
from benchmarks.helper import Helper

#: makes messages of the others as long as one of ours
FILLING = "x" * 160


@dataclasses.dataclass(frozen=True)
class Running:
    """A server with an author, ready for sockets.

    :ivar url: of the websocket
    :ivar headers: of each socket's request
    :ivar hello: what a socket sends first
    :ivar process: what sends the messages
    :ivar log: what it writes, if it is Odoo
    """

    url: str
    headers: list[dict[str, str]]
    hello: dict | None
    process: psutil.Process
    author: Helper
    log: Path | None = None

    def change(self, first: int, count: int, rate: float) -> list[Change]:
        """Commit changes with values from ``first`` on, so many a second."""
        return [Change(*each) for each in self.author.ask((first, count, rate))]


@dataclasses.dataclass(frozen=True)
class Peer:
    """
    :ivar name: for the command line and in results
    :ivar title: for people
    :ivar start: runs it afresh
    :ivar start_logging: the same, with all SQL in its log; None if it has no database
    """

    name: str
    title: str
    start: Callable[[], AbstractContextManager[Running]]
    start_logging: Callable[[], AbstractContextManager[Running]] | None = None
