"""How many SQL statements the websocket worker needs to deliver a change: in a run of
its own, since writing them to the log takes time.
"""

import re
from collections.abc import Sequence

from benchmarks.fanout.peer import Peer
from benchmarks.fanout.turn import Turn
from benchmarks.fanout.watchers import watching
from tools.settings import Settings

_CHANGES = 10


def per_change(
    settings: Settings, peer: Peer, watchers: Sequence[int]
) -> dict[int, float]:
    """Count the statements.

    :param watchers: numbers of sockets, ascending
    :return: statements per change, by number of sockets
    """
    found = {}
    with peer.start_logging() as running, watching(settings) as sockets:
        turn = Turn(running, sockets)
        for number in watchers:
            turn.grow(number)
            begin = running.log.stat().st_size
            for _ in range(_CHANGES):
                # two that are delivered together would cost less
                turn.change(1, rate=1)
            with running.log.open("rb") as log:
                log.seek(begin)
                written = log.read().decode(errors="replace")
            found[number] = count(written, running.process.pid) / _CHANGES
    return found


def count(log: str, pid: int) -> int:
    """The number of statements of a process in Odoo's log."""
    line = rf"^\S+ \S+ {pid} DEBUG \S+ odoo\.sql_db: \[\S+ ms\] query:"
    return len(re.findall(line, log, re.MULTILINE))
