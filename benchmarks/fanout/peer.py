"""What takes part in the comparison."""

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager

import psutil

from benchmarks.fanout.receipts import Change
from benchmarks.fanout.wire import Helper


@dataclasses.dataclass(frozen=True)
class Running:
    """A server with an author, ready for sockets.

    :ivar url: of the websocket
    :ivar headers: of each socket's request
    :ivar hello: what a socket sends first
    :ivar process: what sends the messages
    """

    url: str
    headers: list[dict[str, str]]
    hello: dict | None
    process: psutil.Process
    author: Helper

    def change(self, first: int, count: int, rate: float) -> list[Change]:
        """Commit changes with values from ``first`` on, so many a second."""
        return [Change(*each) for each in self.author.ask((first, count, rate))]


@dataclasses.dataclass(frozen=True)
class Peer:
    """
    :ivar name: for the command line and in results
    :ivar title: for people
    :ivar start: runs it afresh
    """

    name: str
    title: str
    start: Callable[[], AbstractContextManager[Running]]
