"""From the commit of a change to the websockets of many watchers: live models beside
Odoo's plain bus and Django Channels, in one run.
"""

import argparse
import contextlib
import dataclasses

from benchmarks import report
from benchmarks.fanout import channels_peer, odoo_peers, sql, table, turn
from benchmarks.fanout.figures import Figures, median
from benchmarks.fanout.peer import Peer
from tools import output
from tools import settings as settings_module
from tools.settings import Settings

_NAMES = (odoo_peers.PLAIN, channels_peer.NAME, *odoo_peers.OURS)
# the other ones are for those who change the fan-out
_BY_DEFAULT = (odoo_peers.PLAIN, channels_peer.NAME, "ours")


def main() -> None:
    options = _options()
    names = {name for name in _NAMES if name.startswith(tuple(options.only))}
    content = {"machine": report.machine(), "options": vars(options)}
    settings = settings_module.load()
    with contextlib.ExitStack() as stack:
        people = max(options.watchers + options.sql)
        peers = _peers(stack, settings, people, names)
        content["rows"] = _measure(settings, peers, options)
        output.say()
        output.say(table.fanout(content["rows"], odoo_peers.PLAIN))
        # a failure of what follows must not take hours of work with it
        report.save("fanout", content)
        if not options.sql:
            return
        content["statements"] = {
            peer.title: sql.per_change(settings, peer, options.sql)
            for peer in peers
            if peer.start_logging
        }
    output.say()
    output.say(table.statements(content["statements"]))
    report.save("fanout", content)


def _measure(
    settings: Settings, peers: list[Peer], options: argparse.Namespace
) -> list[dict]:
    cells = [(watchers, rate) for watchers in options.watchers for rate in options.rate]
    measured: dict[tuple[Peer, int, float], list[Figures]] = {}
    for round_ in range(options.rounds):
        first = round_ % len(peers)
        # nobody is always first
        for peer in peers[first:] + peers[:first]:
            taken = turn.take(settings, peer, cells, options.seconds)
            for watchers, rate, figures in taken:
                measured.setdefault((peer, watchers, rate), []).append(figures)
                output.say(f"{peer.name} {watchers} × {rate:g}: {figures}")
    return [
        {
            "name": peer.name,
            "title": peer.title,
            "watchers": watchers,
            "rate": rate,
            "median": dataclasses.asdict(median(rounds)),
            "rounds": [dataclasses.asdict(figures) for figures in rounds],
        }
        for (peer, watchers, rate), rounds in measured.items()
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.fanout", description=__doc__)
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(_BY_DEFAULT),
        help=f"names, or how they begin, of {', '.join(_NAMES)} "
        f"({','.join(_BY_DEFAULT)})",
    )
    parser.add_argument(
        "--watchers", type=_numbers, default=[50, 100, 200, 400], help="50,100,200,400"
    )
    parser.add_argument("--rate", type=_numbers, default=[2, 10], help="2,10")
    parser.add_argument("--seconds", type=float, default=8, help="of each (8)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (3)")
    parser.add_argument(
        "--sql",
        type=_numbers,
        default=[50, 200],
        help="watchers for SQL (50,200), or 0",
    )
    options = parser.parse_args()
    if not any(name.startswith(tuple(options.only)) for name in _NAMES):
        parser.error(f"nothing to measure: choose of {', '.join(_NAMES)}")
    options.sql = sorted(filter(None, options.sql))
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _peers(
    stack: contextlib.ExitStack, settings: Settings, people: int, names: set[str]
) -> list[Peer]:
    found = odoo_peers.peers(stack, people, names)
    if channels_peer.NAME in names:
        found.append(channels_peer.peer(settings, people))
    return sorted(found, key=lambda peer: _NAMES.index(peer.name))


if __name__ == "__main__":
    main()
