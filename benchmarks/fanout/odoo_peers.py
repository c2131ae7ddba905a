"""Odoo with the addon, in several kinds, and Odoo with its own bus only."""

import contextlib
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from benchmarks import odoo_shell, odoo_socket
from benchmarks.fanout.peer import FILLING, Peer, Running
from e2e import database
from tools import server

_MODEL = "amanat.test.realtime"
_PEOPLE = Path(__file__).with_name("people_in_odoo.py")
_AUTHOR = Path(__file__).with_name("author_in_odoo.py")
_SHARED = "amanat_realtime.shared_fanout"
_OPTIONS = [
    "--max-cron-threads=0",
    "--log-level=warn",
    # each socket needs a connection at times; PostgreSQL has 300
    "--db_maxconn_gevent=200",
]
_LOG_SQL = "--log-handler=odoo.sql_db:DEBUG"

_KINDS = {
    "one": "one access class",
    "ten": "ten classes",
    "user": "a class per user",
}


class Installation:
    """A database of Odoo that is served again and again.

    :param odoo: its server, which is stopped between the turns
    :param people: how many may watch at once
    """

    def __init__(self, odoo: server.Server, people: int):
        self.odoo = odoo
        odoo.stop_odoo()
        self._made = odoo_shell.call(odoo, _PEOPLE, people)

    @contextlib.contextmanager
    def ours(self, kind: str, shared: bool, *options: str) -> Iterator[Running]:
        """Serve with live models.

        :param kind: of rules: ``one``, ``ten`` or ``user``
        :param shared: whether messages are read once for all sockets
        :param options: further ones for Odoo
        """
        self._set_up(self._made["rules"].get(kind), shared)
        target = (_MODEL, self._made["record"])
        channel = f"amanat_realtime:{_MODEL}"
        with self._served(options, channel, "record", target) as running:
            yield running

    @contextlib.contextmanager
    def plain(self, *options: str) -> Iterator[Running]:
        """Serve with the bus alone."""
        channel = "benchmark"
        with self._served(options, channel, "bus", (channel, FILLING)) as running:
            yield running

    def _set_up(self, rule: int | None, shared: bool) -> None:
        with database.cursor(self.odoo) as cr:
            cr.execute(
                "UPDATE ir_rule SET active = (id = %s) WHERE id = ANY(%s)",
                [rule or 0, list(self._made["rules"].values())],
            )
            cr.execute("DELETE FROM ir_config_parameter WHERE key = %s", [_SHARED])
            cr.execute(
                "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
                [_SHARED, str(shared)],
            )

    @contextlib.contextmanager
    def _served(
        self, options: Sequence[str], channel: str, how: str, target: tuple
    ) -> Iterator[Running]:
        address = f"localhost:{self.odoo.evented_port}"
        with database.cursor(self.odoo) as cr:
            cr.execute("SELECT coalesce(max(id), 0) FROM bus_bus")
            [last] = cr.fetchone()
        self.odoo.options = [*_OPTIONS, *options]
        self.odoo.start()
        try:
            with odoo_shell.helping(self.odoo, _AUTHOR, how, target) as author:
                yield Running(
                    url=odoo_socket.url(address),
                    headers=[
                        {"Cookie": f"session_id={sid}", "Origin": f"http://{address}"}
                        for sid in self._made["sessions"]
                    ],
                    hello={
                        "event_name": "subscribe",
                        "data": {"channels": [channel], "last": last},
                    },
                    process=_evented(self.odoo),
                    author=author,
                    log=self.odoo.log_path,
                )
        finally:
            self.odoo.stop_odoo()


def peers(stack: contextlib.ExitStack, people: int, wanted: set[str]) -> list[Peer]:
    """Those of Odoo, in the order of the table.

    :param stack: keeps the databases
    :param people: how many may watch at once
    :param wanted: names; databases that nobody needs are not made
    """

    def installation(bare: bool) -> Installation:
        odoo = stack.enter_context(
            server.running(
                workers=2,
                modules=("bus", "web") if bare else (),
                bare=bare,
                options=_OPTIONS,
            )
        )
        return Installation(odoo, people)

    found = []
    if PLAIN in wanted:
        found.append(_peer(PLAIN, "plain bus.bus", installation(True).plain))
    if wanted & OURS.keys():
        with_addon = installation(False)
        for name, (title, kind, shared) in OURS.items():
            if name in wanted:
                start = functools.partial(with_addon.ours, kind, shared)
                found.append(_peer(name, title, start))
    return found


PLAIN = "plain"
OURS = {
    f"{prefix}-{kind}": (f"{title}: {words}", kind, shared)
    for prefix, title, shared in (
        ("ours", "live models", True),
        ("core", "live models by core's dispatcher", False),
    )
    for kind, words in _KINDS.items()
}


def _peer(name: str, title: str, start) -> Peer:
    return Peer(name, title, start, functools.partial(start, _LOG_SQL))


def _evented(odoo: server.Server) -> psutil.Process:
    """The process that serves websockets."""
    for child in psutil.Process(odoo.pid).children(recursive=True):
        if "gevent" in child.cmdline():
            return child
    raise RuntimeError("Odoo runs without its websocket worker")
