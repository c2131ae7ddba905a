"""Promise: each process writes down what it knows, for the sum of all to be right, and
whatever goes wrong with that loses no more than figures.
"""

import threading
from collections import namedtuple
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.channel import EVERY_ROOM, channel_tuple
from odoo.addons.amanat_realtime.models import realtime_process
from odoo.addons.amanat_realtime.monitoring import flusher as flusher_module
from odoo.addons.amanat_realtime.monitoring import process, sockets
from odoo.addons.amanat_realtime.monitoring.flusher import Flusher
from odoo.addons.bus import websocket as core

from .monitoring_common import MODEL, MonitoringMixin

FIGURES = {"messages": {MODEL: 2}}
Session = namedtuple("Session", "uid")


class FakeSocket:
    """What is read of core's; a set that is weak holds none that nobody holds."""

    def __init__(self, db, uid, *channels, state=core.ConnectionState.OPEN):
        self._db = db
        self._session = Session(uid)
        self._channels = set(channels)
        self.state = state


@tagged("post_install", "-at_install")
class TestMonitoringFlush(MonitoringMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM amanat_realtime_process")
        self.env.cr.execute("DELETE FROM amanat_realtime_minute")

    def as_process(self, name):
        return patch.object(process, "name", return_value=name)

    def with_sockets(self, *instances):
        return patch.object(core, "_websocket_instances", instances)

    def noted(self):
        """Return the figures of this minute and the last, all processes together."""
        ago = fields.Datetime.now() - timedelta(minutes=2)
        return [
            figures for _m, figures in self.env["amanat.realtime.minute"]._since(ago)
        ]

    def test_one_process(self):
        flusher = Flusher()
        self.note(FIGURES, flusher)
        self.note(FIGURES, flusher)
        self.assertEqual(sum(figures["messages"][MODEL] for figures in self.noted()), 4)
        totals = self.env["amanat.realtime.process"]._totals()
        self.assertEqual(totals, {"messages": {MODEL: 4}})

    def test_nothing_new(self):
        self.note({})
        self.assertEqual(self.noted(), [])
        self.assertEqual(len(self.env["amanat.realtime.process"]._alive()), 1)

    def test_processes_are_summed(self):
        for name in ("a:1:1", "a:2:1"):
            with self.as_process(name):
                self.note(FIGURES)
        totals = self.env["amanat.realtime.process"]._totals()
        self.assertEqual(totals, {"messages": {MODEL: 4}})
        self.assertEqual(len(self.noted()), 2)

    def test_state(self):
        self.note(FIGURES)
        [(kind, seen, state)] = self.env["amanat.realtime.process"]._alive()
        self.assertEqual(kind, "threaded")
        self.assertLess(abs(fields.Datetime.now() - seen), timedelta(seconds=60))
        self.assertGreater(state["memory"]["resident"], 10 * 2**20)
        self.assertGreaterEqual(state["memory"]["limited"], state["memory"]["resident"])
        expected = {"sockets": 0, "people": 0, "models": {}}
        self.assertEqual(state["connections"], expected)

    def test_a_process_that_is_silent_is_not_alive(self):
        self.note(FIGURES)
        self.env.cr.execute(
            "UPDATE amanat_realtime_process SET seen_at = seen_at - interval '2 min'"
        )
        self.assertEqual(self.env["amanat.realtime.process"]._alive(), [])

    def test_vacuum(self):
        for name in ("a:1:1", "a:2:1", "a:3:1"):
            with self.as_process(name):
                self.note(FIGURES)
        self.env.cr.execute(
            """ UPDATE amanat_realtime_process SET seen_at = seen_at - interval '25 h'
                 WHERE name != 'a:3:1';
                UPDATE amanat_realtime_minute SET minute = minute - interval '25 h'
                 WHERE process != 'a:3:1' """
        )
        for _again in range(2):
            self.env["amanat.realtime.process"]._gc_processes()
            self.env["amanat.realtime.minute"]._gc_minutes()
            # a counter of Prometheus must not go back
            totals = self.env["amanat.realtime.process"]._totals()
            self.assertEqual(totals, {"messages": {MODEL: 6}})
        names = self.env["amanat.realtime.process"].search([]).mapped("name")
        self.assertEqual(sorted(names), ["a:3:1", realtime_process.GONE])
        minutes = self.env["amanat.realtime.minute"].search([])
        self.assertEqual(minutes.mapped("process"), ["a:3:1"])
        self.assertEqual(len(self.env["amanat.realtime.process"]._alive()), 1)

    def test_a_process_that_slept_for_a_day(self):
        flusher = Flusher()
        self.note(FIGURES, flusher)
        self.env.cr.execute(
            "UPDATE amanat_realtime_process SET seen_at = seen_at - interval '25 h'"
        )
        self.env["amanat.realtime.process"]._gc_processes()
        self.note(FIGURES, flusher)
        self.note(FIGURES, flusher)
        totals = self.env["amanat.realtime.process"]._totals()
        self.assertEqual(totals, {"messages": {MODEL: 6}})

    def test_sockets(self):
        db = self.env.cr.dbname
        tests = channel_tuple(db, MODEL)
        room = channel_tuple(db, MODEL, "north")
        # comes along with the other one
        rooms = channel_tuple(db, MODEL, EVERY_ROOM)
        others = channel_tuple(db, "res.partner")
        open_sockets = (
            FakeSocket(db, 2, tests, room, rooms, "broadcast", (db, "res.partner", 3)),
            FakeSocket(db, 2, tests),
            FakeSocket(db, 7, tests, others),
            FakeSocket(db, None, "broadcast"),
            FakeSocket("another", 9, channel_tuple("another", MODEL)),
            FakeSocket(db, 8, tests, state=core.ConnectionState.CLOSING),
        )
        with self.with_sockets(*open_sockets):
            found = sockets.connections(db)
            goes_on = self.note({})
        self.assertEqual(
            found,
            {
                "sockets": 4,
                "people": 2,
                "models": {MODEL: [4, 2], "res.partner": [1, 1]},
            },
        )
        self.assertTrue(goes_on)
        self.assertFalse(self.note({}))

    def test_surprise_in_core(self):
        self.addCleanup(sockets._reported.clear)
        broken = SimpleNamespace(_db=self.env.cr.dbname)
        with self.with_sockets(broken):
            with self.assertLogs("odoo.addons.amanat_realtime", "WARNING"):
                self.assertIsNone(sockets.connections(self.env.cr.dbname))
            with self.assertNoLogs("odoo.addons.amanat_realtime", "WARNING"):
                self.assertFalse(self.note(FIGURES))
        [(_kind, _seen, state)] = self.env["amanat.realtime.process"]._alive()
        self.assertIsNone(state["connections"])

    def test_kinds(self):
        config = {"workers": 2}
        patched = patch.object(process, "config", config)
        with patched:
            self.assertEqual(process.kind(), "http")
            name = "Worker WorkerCron (7) workthread"
            done = threading.Event()
            thread = threading.Thread(target=done.wait, name=name)
            thread.start()
            self.assertEqual(process.kind(), "cron")
            done.set()
            thread.join()
        with patch.object(process.odoo, "evented", True):
            self.assertEqual(process.kind(), "evented")

    def test_names_differ(self):
        self.assertEqual(process.name(), process.name())
        with patch.object(process.socket, "gethostname", return_value="other"):
            elsewhere = process.name()
        self.assertNotEqual(process.name(), elsewhere)


@tagged("post_install", "-at_install")
class TestMonitoringThread(TransactionCase):
    """In a server that runs no tests; nothing reaches the database."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(flusher_module, "module", SimpleNamespace(current_test=None))
        )
        self.flusher = Flusher(interval=0.01, first=0)
        self.flushed = []
        self.condition = threading.Condition()
        self.answers = []
        self.startPatcher(patch.object(self.flusher, "flush", self.fake_flush))

    def fake_flush(self, dbname):
        with self.condition:
            self.flushed.append((dbname, self.flusher.counters.take(dbname)))
            self.condition.notify_all()
            return self.answers.pop() if self.answers else False

    def wait_for(self, count):
        with self.condition:
            done = self.condition.wait_for(lambda: len(self.flushed) >= count, 10)
        self.assertTrue(done)

    def wait_for_end(self):
        thread = self.flusher._thread
        if thread:
            thread.join(10)
            self.assertFalse(thread.is_alive())

    def test_activity_is_written_down(self):
        self.flusher.add("db", FIGURES)
        self.wait_for(1)
        self.wait_for_end()
        self.assertEqual(self.flushed, [("db", FIGURES)])

    def test_activity_after_the_end(self):
        for count in (1, 2):
            self.flusher.add("db", FIGURES)
            self.wait_for(count)
            self.wait_for_end()
        self.assertEqual(self.flushed, [("db", FIGURES)] * 2)

    def test_goes_on_while_there_are_websockets(self):
        self.answers = [False, True, True]
        self.flusher.wake("db")
        self.wait_for(3)
        self.wait_for_end()
        self.assertEqual([dbname for dbname, _ in self.flushed], ["db"] * 3)

    def test_a_forked_process_begins_anew(self):
        self.flusher.counters.add("db", FIGURES)
        self.flusher.forget()
        self.assertEqual(self.flusher.counters.take("db"), {})
        self.assertIsNone(self.flusher._thread)

    def test_failure_is_logged_once(self):
        flusher = Flusher()
        registry = self.env.registry
        broken = patch.object(type(registry), "cursor", side_effect=ZeroDivisionError)
        logger = "odoo.addons.amanat_realtime.monitoring.flusher"
        with broken:
            with self.assertLogs(logger, "WARNING") as logged:
                self.assertFalse(flusher.flush(self.env.cr.dbname))
            self.assertEqual(len(logged.records), 1)
            with self.assertNoLogs(logger, "WARNING"):
                self.assertFalse(flusher.flush(self.env.cr.dbname))

    @mute_logger("odoo.addons.amanat_realtime.monitoring.flusher")
    def test_a_database_that_is_gone(self):
        self.assertFalse(Flusher().flush("no_such_database"))
