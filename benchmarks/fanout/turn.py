"""One turn of a peer: it is started, gets more and more sockets, and is measured."""

import dataclasses
import itertools
import statistics
from collections.abc import Iterator, Sequence

import psutil

from benchmarks.fanout.figures import Figures, nothing
from benchmarks.fanout.peer import Peer, Running
from benchmarks.fanout.receipts import Change, Delivery, match
from benchmarks.fanout.watchers import Watchers, watching
from e2e.measure import percentile
from tools import output
from tools.settings import Settings

# seconds of each measurement that only warm up
_WARM_UP = 2
# changes that are measured at least
_FEWEST = 30
# the author may be late by so much of the time
_TOLERANCE = 0.03
_PROBES = 30


def take(
    settings: Settings, peer: Peer, cells: Sequence[tuple[int, float]], seconds: float
) -> Iterator[tuple[int, float, Figures]]:
    """Measure a peer.

    :param cells: numbers of watchers, and changes a second
    :param seconds: of each
    :return: each cell with its figures
    """
    left = sorted(cells)
    memory = _memory_per_socket(settings, peer, sorted({count for count, _ in cells}))
    while left:
        # what is still under way after a failure must not disturb the next cell
        with peer.start() as running, watching(settings) as watchers:
            turn = Turn(running, watchers)
            failed = False
            while left and not failed:
                count, rate = left.pop(0)
                try:
                    turn.grow(count)
                    figures = turn.measure(rate, seconds)
                except (RuntimeError, EOFError, psutil.Error) as error:
                    figures = nothing(str(error) or repr(error))
                figures = dataclasses.replace(figures, memory=memory.get(count))
                yield count, rate, figures
                failed = bool(figures.failed)


def _memory_per_socket(
    settings: Settings, peer: Peer, counts: Sequence[int]
) -> dict[int, float]:
    """Measure the memory of a server that does nothing but get sockets: what traffic
    has taken and given back would be taken again by new sockets, and hide them.

    :return: MB, by the number of sockets
    """
    found = {}
    with peer.start() as running, watching(settings) as watchers:
        turn = Turn(running, watchers)
        try:
            # what the process needs for the first is not what a socket needs
            turn.grow(1)
            before = turn.memory()
            for count in counts:
                turn.grow(count)
                if count > 1:
                    found[count] = (turn.memory() - before) / (count - 1)
        except (RuntimeError, EOFError, psutil.Error) as error:
            output.say(f"{peer.name}: memory was not measured: {error!r}")
    return found


class Turn:
    """A running server, with its sockets."""

    def __init__(self, running: Running, watchers: Watchers):
        self.running = running
        self.watchers = watchers
        self.closed = 0
        self._values = itertools.count(1)

    def grow(self, count: int) -> None:
        """Have so many sockets.

        :raises RuntimeError: they are not all told of changes
        """
        if count > self.watchers.count:
            self._connect(count)

    def memory(self) -> float:
        """Return the MB that the server's process has."""
        return self.running.process.memory_info().rss / 1e6

    def change(self, count: int, rate: float) -> tuple[list[Change], dict]:
        """Commit changes, so many a second, and wait for the messages about them.

        :return: the changes, and what :meth:`Watchers.collect` returned
        """
        first = self._take_values(count)
        changes = self.running.change(first, count, rate)
        return changes, self.watchers.collect(count, first)

    def measure(self, rate: float, seconds: float) -> Figures:
        """Measure that many changes a second."""
        warm = round(_WARM_UP * rate)
        count = warm + max(round(seconds * rate), _FEWEST)
        begin = self._cpu()
        changes, came = self.change(count, rate)
        used = self._cpu() - begin
        closed, self.closed = came["closed"] - self.closed, came["closed"]
        whole = match(changes, came["receipts"], self.watchers.count)
        counted = {change.value for change in changes[warm:]}
        delays = match(
            changes[warm:],
            [r for r in came["receipts"] if r.value in counted],
            self.watchers.count,
        ).delays
        delivered = len(came["receipts"])
        reached = (count - 1) * 1e9 / (changes[-1].at - changes[0].at)
        enough = len(delays) > 1
        return Figures(
            *(percentile(delays, p) if enough else None for p in (50, 95, 99)),
            cpu=used * 1000 / delivered if delivered else None,
            memory=None,
            size=came["bytes"] / delivered if delivered else None,
            commit=statistics.median(c.took for c in changes[warm:]) * 1000,
            rate=reached,
            lost=whole.lost,
            duplicated=whole.duplicated,
            closed=closed,
            failed=_problems(whole, closed, reached, rate),
        )

    def _connect(self, count: int) -> None:
        new = self.running.headers[self.watchers.count : count]
        if len(new) < count - self.watchers.count:
            raise ValueError(f"there are people for {count} sockets")
        self.watchers.connect(self.running.url, new, self.running.hello)
        # no server confirms a subscription: it is there when a message comes
        for _ in range(_PROBES):
            first = self._take_values(1)
            self.running.change(first, 1, 1)
            came = self.watchers.collect(1, first, patience=2)
            if len({receipt.watcher for receipt in came["receipts"]}) == count:
                return
        raise RuntimeError(f"not all of {count} sockets are told of changes")

    def _take_values(self, count: int) -> int:
        first = next(self._values)
        self._values = itertools.count(first + count)
        return first

    def _cpu(self) -> float:
        times = self.running.process.cpu_times()
        return times.user + times.system


def _problems(delivery: Delivery, closed: int, reached: float, rate: float) -> str:
    found = [
        f"{number} {what}"
        for number, what in (
            (delivery.lost, "lost"),
            (delivery.duplicated, "duplicated"),
            (delivery.foreign, "of nobody"),
            (closed, "closed"),
        )
        if number
    ]
    if reached < rate * (1 - _TOLERANCE):
        found.append(f"{reached:.1f} changes/s only")
    return ", ".join(found)
