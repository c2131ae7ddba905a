"""Promise: whoever is the first to watch a model misses nothing that is committed after
their first read, however long ago it was begun and whatever its process knew; and a
transaction that writes what nobody watches asks nothing about it.
"""

import threading
import time
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.activation.switches import set_enabled
from odoo.addons.amanat_realtime.channel import EVERY_ROOM
from odoo.addons.amanat_realtime.recording import recheck
from odoo.addons.amanat_realtime.recording.lease_cache import FRESH, lease_cache
from odoo.addons.amanat_realtime.recording.recheck import Rechecker, rechecker
from odoo.addons.bus.models import ir_websocket

from .common import RealtimeMixin
from .real_transactions import RealTransactionsCase

MODEL = "amanat.test.realtime"
LINE = "amanat.test.realtime.line"
TAB = "odoo.addons.amanat_realtime.recording.publish.tab_of_request"
LEASES = "amanat_realtime_lease"


@tagged("post_install", "-at_install")
class TestFirstRead(RealtimeMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user("rt_first")

    def setUp(self):
        super().setUp()
        self.Model = self.env[MODEL]
        self.nobody_watches()

    def nobody_watches(self):
        self.env.cr.execute(f"DELETE FROM {LEASES}")
        self.env.cr.postcommit.data.clear()

    def left_by(self, work):
        """Return what work leaves on the bus.

        :rtype: list[dict]
        """
        last = self.bus_position()
        work()
        self.commit()
        return self.rows_after(last)

    def look(self):
        self.Model.web_search_read([], {"name": {}})

    def subscribe(self, *asked):
        req = SimpleNamespace(session=SimpleNamespace(uid=self.env.uid))
        with patch.object(ir_websocket, "wsrequest", req):
            channels = self.env["ir.websocket"]._build_bus_channel_list(list(asked))
        return {channel for channel in channels if isinstance(channel, tuple)}

    def set_rest_of_lease(self, seconds):
        self.env.cr.execute(
            f"UPDATE {LEASES} SET expires_at = now() AT TIME ZONE 'UTC'"
            " + make_interval(secs => %s)",
            [seconds],
        )
        self.env.cr.postcommit.data.clear()

    def test_first_read_is_to_be_repeated(self):
        last = self.bus_position()
        with patch(TAB, return_value="a-tab"):
            [row] = self.left_by(self.look)
        self.assertTrue(row["refresh"])
        [payload] = self.received_by(self.user, last)
        # a tab would take its own echo for known
        self.assertEqual(
            payload, {"v": 1, "model": MODEL, "refresh": True, "at": row["at"]}
        )

    def test_second_read_is_not(self):
        self.look()
        self.assertEqual(self.left_by(self.look), [])
        self.env.cr.postcommit.data.clear()
        self.assertEqual(self.left_by(self.look), [])

    def test_first_subscription_without_a_read(self):
        name = f"amanat_realtime:{MODEL}"
        [row] = self.left_by(lambda: self.subscribe(name))
        self.assertTrue(row["refresh"])
        self.assertEqual(self.left_by(lambda: self.subscribe(name)), [])

    def test_subscription_after_the_read(self):
        self.look()
        name = f"amanat_realtime:{MODEL}"
        self.assertEqual(self.left_by(lambda: self.subscribe(name)), [])

    def test_renewal_of_a_valid_lease(self):
        self.look()
        self.set_rest_of_lease(60)
        self.assertEqual(self.left_by(self.watch), [])
        self.env.cr.execute(
            "SELECT expires_at > now() AT TIME ZONE 'UTC' + interval '1 h'"
            f" FROM {LEASES}"
        )
        self.assertEqual(self.env.cr.fetchall(), [(True,)])

    def test_lease_that_has_expired(self):
        self.look()
        self.set_rest_of_lease(-1)
        [row] = self.left_by(self.look)
        self.assertTrue(row["refresh"])

    def test_all_rooms(self):
        with patch.object(type(self.Model), "_get_realtime_rooms", lambda self: ()):
            last = self.bus_position()
            self.look()
            for room in (None, EVERY_ROOM):
                [payload] = self.received_by(self.user, last, room=room)
                self.assertTrue(payload["refresh"])
                self.assertEqual(payload.get("room"), room)
            self.assertEqual(
                self.subscribe(f"amanat_realtime:{MODEL}:north"),
                {self.channel(room="north"), self.channel(room=EVERY_ROOM)},
            )

    def test_nothing_when_live_views_are_off(self):
        set_enabled(self.env, False)
        self.assertEqual(self.left_by(self.look), [])

    def test_failure_of_ours_does_not_break_the_read(self):
        target = "odoo.addons.amanat_realtime.models.realtime_lease.publish_refresh"
        with (
            patch(target, side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.amanat_realtime.recording.guard"),
        ):
            self.assertEqual(self.left_by(self.look), [])
        lease = self.env["amanat.realtime.lease"]
        self.assertEqual(lease._watched({MODEL}), {MODEL})


@tagged("post_install", "-at_install")
class TestFirstWatcherMeanwhile(RealtimeMixin, RealTransactionsCase):
    """On real transactions; what is committed is removed."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute(f"DELETE FROM {LEASES} RETURNING id, expires_at")
            self.leases = cr.fetchall()
            self.last_row = env["bus.bus"]._bus_last_id()
            self.record_id = env[MODEL].create({"name": "First watcher"}).id
        self.addCleanup(self.remove)
        rechecker.forget()

    def remove(self):
        with self.registry.cursor() as cr:
            cr.execute(f"DELETE FROM {LEASES}")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].search([("name", "=like", "First watcher%")]).unlink()
            for lease in self.leases:
                cr.execute(f"INSERT INTO {LEASES} (id, expires_at) VALUES %s", [lease])
            env["bus.bus"].search([("id", ">", self.last_row)]).unlink()
        rechecker.forget()

    def begin_to_watch(self, *names):
        """Have somebody begin to watch, in a transaction of their own."""
        with self.registry.cursor() as cr:
            self.env = api.Environment(cr, SUPERUSER_ID, {})
            self.watch(*names)

    def told(self, work):
        """Return what a writer leaves on the bus. Their transaction has begun before
        somebody watches.

        :param Callable work: is given the record and a function that has somebody
            watch; else they do so after it
        """
        watched = []

        def watch(*names):
            self.begin_to_watch(*names)
            watched.append(self.position())

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            # the view of the data that the transaction has to its end
            record = env[MODEL].browse(self.record_id)
            self.assertEqual(record.quantity, 0)
            work(record, watch)
            if not watched:
                env.flush_all()
                watch()
        rechecker.flush()
        return self.rows_since(watched[0])

    def position(self):
        with self.registry.cursor() as cr:
            return api.Environment(cr, SUPERUSER_ID, {})["bus.bus"]._bus_last_id()

    def rows_since(self, last):
        with self.registry.cursor() as cr:
            self.env = api.Environment(cr, SUPERUSER_ID, {})
            return self.rows_after(last)

    def assert_refresh(self, rows, name=MODEL):
        self.assertEqual([(r["model"], r.get("refresh")) for r in rows], [(name, True)])

    def test_write(self):
        self.assert_refresh(self.told(lambda record, _: record.write({"quantity": 2})))

    def test_create(self):
        vals = {"name": "First watcher's find"}
        self.assert_refresh(self.told(lambda record, _: record.create(vals)))

    def test_unlink(self):
        self.assert_refresh(self.told(lambda record, _: record.unlink()))

    def test_notification_of_a_program(self):
        def work(record, _watch):
            record._send_realtime_notification("update", ["quantity"])

        self.assert_refresh(self.told(work))

    def test_lines_show_in_their_parent(self):
        def work(record, _watch):
            vals = {"name": "Line", "realtime_id": record.id}
            record.env[LINE].create(vals)

        self.assert_refresh(self.told(work))

    def test_in_a_savepoint(self):
        def work(record, _watch):
            with record.env.cr.savepoint():
                record.quantity = 2

        self.assert_refresh(self.told(work))

    def test_each_transaction_of_a_cursor(self):
        def work(record, watch):
            record.quantity = 2
            record.env.cr.commit()
            record.quantity = 3
            record.env.flush_all()
            watch()

        self.assert_refresh(self.told(work))

    def test_write_after_somebody_watches(self):
        """It sees what was there when it began, and not when it first wrote."""

        def work(record, watch):
            watch()
            record.quantity = 2

        self.assert_refresh(self.told(work))

    def test_only_what_is_watched_by_now(self):
        def work(record, watch):
            record.quantity = 2
            record.env.flush_all()
            watch("res.partner")

        self.assertEqual(self.told(work), [])

    def test_not_what_was_only_read(self):
        def work(record, watch):
            record.env["amanat.realtime.lease"]._watched({MODEL})
            watch()

        self.assertEqual(self.told(work), [])

    def test_nothing_while_live_views_are_off(self):
        target = "odoo.addons.amanat_realtime.models.base_model_structure.is_live"
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        with patch(target, return_value=False):
            self.assertEqual(
                self.told(lambda record, _: record.write({"quantity": 2})), []
            )

    def test_not_what_its_own_lease_had_read_again(self):
        """As a form does that is saved and read in one request."""
        last = self.position()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            record = env[MODEL].browse(self.record_id)
            record.quantity = 2
            env.flush_all()
            record.web_read({"name": {}})
        rechecker.flush()
        self.assert_refresh(self.rows_since(last))

    def test_not_what_is_rolled_back(self):
        def work(record, watch):
            record.quantity = 2
            record.env.flush_all()
            watch()
            record.env.cr.rollback()

        self.assertEqual(self.told(work), [])

    def test_not_what_was_told(self):
        self.begin_to_watch()
        [row] = self.told(lambda record, _: record.write({"quantity": 2}))
        self.assertNotIn("refresh", row)
        self.assertTrue(row["update"])

    def test_nothing_is_asked_in_the_path_of_a_change(self):
        self.queries_of_a_write()
        with patch.object(Registry, "cursor", side_effect=AssertionError):
            known = self.queries_of_a_write()
        lease_cache(self.registry).granted()
        self.assertEqual(self.queries_of_a_write(), known + 1)
        # or this test would prove nothing
        with (
            self.assertLogs(recheck.__name__, "ERROR"),
            patch.object(Registry, "cursor", side_effect=AssertionError),
        ):
            rechecker.flush()

    def queries_of_a_write(self):
        """Return how many queries a writer makes up to the end of their transaction."""
        cr = self.registry._db.cursor()
        with cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].browse(self.record_id).quantity += 1
        return cr.sql_log_count

    def test_one_question_for_many_transactions(self):
        for number in range(3):
            self.save(number + 1)
        original, opened = Registry.cursor, []

        def cursor(registry, *args, **kwargs):
            opened.append(registry)
            return original(registry, *args, **kwargs)

        with patch.object(Registry, "cursor", cursor):
            rechecker.flush()
            rechecker.flush()
        self.assertEqual(len(opened), 1)

    def lease_of_another_process(self):
        """Have a lease that this process has not heard of."""
        cache = lease_cache(self.registry)
        unaware = dict(cache._unwatched)
        self.begin_to_watch()
        cache._unwatched = unaware

    def save(self, quantity):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].browse(self.record_id).quantity = quantity

    def rows_of_saving(self, quantity):
        """Return what is left on the bus at once."""
        last = self.position()
        self.save(quantity)
        return self.rows_since(last)

    def test_lease_that_the_process_has_not_heard_of(self):
        self.save(1)
        self.lease_of_another_process()
        last = self.position()
        self.assertEqual(self.rows_of_saving(2), [])
        rechecker.flush()
        self.assert_refresh(self.rows_since(last))
        # it has heard by now
        [row] = self.rows_of_saving(3)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [2, 3]})

    def test_what_the_process_knew_is_soon_forgotten(self):
        self.save(1)
        self.lease_of_another_process()
        later = time.monotonic() + FRESH
        with patch.object(time, "monotonic", return_value=later):
            [row] = self.rows_of_saving(2)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [1, 2]})

    def test_own_lease_is_known_at_once(self):
        self.save(1)
        self.begin_to_watch()
        [row] = self.rows_of_saving(2)
        self.assertNotIn("refresh", row)

    def test_what_was_looked_up_before_the_lease_is_committed(self):
        with self.registry.cursor() as cr:
            self.env = api.Environment(cr, SUPERUSER_ID, {})
            self.watch()
            # it cannot see the lease
            self.save(1)
        [row] = self.rows_of_saving(2)
        self.assertNotIn("refresh", row)

    def test_other_scopes_are_not_taken_for_unwatched(self):
        """What was recorded since somebody watches one model of a scope is told of the
        others, too.
        """
        self.begin_to_watch(LINE)
        self.save(1)
        self.lease_of_another_process()
        [row] = self.rows_of_saving(2)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [1, 2]})

    def test_notification_for_subscribers_is_not_replaced(self):
        self.save(1)
        self.lease_of_another_process()
        last = self.position()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            record = env[MODEL].browse(self.record_id)
            record._send_realtime_notification("greeting")
        with self.registry.cursor() as cr:
            cr.execute("SELECT message FROM bus_bus WHERE id > %s", [last])
            self.assertIn("greeting", cr.fetchone()[0])

    def test_nobody_is_told_the_second_half(self):
        """Else, who gets the right to read a record in the first half would be told
        what it was like before.
        """
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            record = env[MODEL].browse(self.record_id)
            record.quantity = 1
            env.flush_all()
            self.begin_to_watch()
            # as if this transaction could see it
            record.env["amanat.realtime.lease"]._grant([MODEL])
            last = self.position()
            record.quantity = 2
        rechecker.flush()
        # not an empty list, which would satisfy as well
        self.assert_refresh(self.rows_since(last))

    def test_what_cannot_be_asked_is_asked_later(self):
        self.save(2)
        self.begin_to_watch()
        last = self.position()
        with (
            patch.object(Registry, "cursor", side_effect=ZeroDivisionError),
            self.assertLogs(recheck.__name__, "ERROR"),
        ):
            rechecker.flush()
        # as while it is loaded anew
        with patch.object(self.registry, "ready", False):
            rechecker.flush()
        self.assertEqual(self.rows_since(last), [])
        rechecker.flush()
        self.assert_refresh(self.rows_since(last))

    def test_it_is_said_if_it_can_never_be_asked(self):
        self.save(2)
        with (
            patch.object(Registry, "cursor", side_effect=ZeroDivisionError),
            patch.object(recheck, "PATIENCE", 0),
            self.assertLogs(recheck.__name__, "ERROR") as logs,
        ):
            rechecker.flush()
        self.assertIn("may lack", logs.output[-1])
        rechecker.flush()

    def test_old_transaction_is_no_news(self):
        """What it sees is from its begin."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            record = env[MODEL].browse(self.record_id)
            self.assertEqual(record.quantity, 0)
            self.begin_to_watch()
            record.quantity = 1
        [row] = self.rows_of_saving(2)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [1, 2]})


@tagged("post_install", "-at_install")
class TestRecheckThread(BaseCase):
    """In a server that runs no tests; nothing reaches the database."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(recheck, "module", SimpleNamespace(current_test=None))
        )
        self.startPatcher(patch.object(recheck, "DELAY", 0.01))
        self.rechecker = Rechecker()
        self.asked = []
        self.condition = threading.Condition()
        self.startPatcher(patch.object(self.rechecker, "_ask", self.fake_ask))

    def fake_ask(self, dbname, scopes):
        with self.condition:
            self.asked.append((dbname, scopes))
            self.condition.notify_all()
        return True

    def wait_for(self, count):
        with self.condition:
            done = self.condition.wait_for(lambda: len(self.asked) >= count, 10)
        self.assertTrue(done)

    def wait_for_end(self):
        thread = self.rechecker._thread
        if thread:
            thread.join(10)
        self.assertIsNone(self.rechecker._thread)

    def test_asks_as_long_as_there_is_something_to_ask(self):
        scope = frozenset({"a", "b"})
        with patch.object(recheck, "IDLE", 0):
            for number in (1, 2):
                self.rechecker.add("db", {scope: {"a"}})
                self.wait_for(number)
                self.wait_for_end()
        self.assertEqual(self.asked, [("db", {scope: {"a"}})] * 2)

    def test_survives_a_failure(self):
        with (
            patch.object(self.rechecker, "_ask", side_effect=ZeroDivisionError),
            patch.object(self.rechecker, "_start"),
            self.assertLogs(recheck.__name__, "ERROR"),
        ):
            self.rechecker.add("db", {frozenset("a"): {"a"}})
            self.rechecker.flush()
        with patch.object(recheck, "IDLE", 0):
            self.rechecker.add("db", {frozenset("b"): {"b"}})
            self.wait_for(1)
            self.wait_for_end()
        known = {frozenset("a"): {"a"}, frozenset("b"): {"b"}}
        self.assertEqual(self.asked, [("db", known)])

    def test_no_thread_is_to_be_had(self):
        scopes = {frozenset("a"): {"a"}}
        with (
            patch.object(threading.Thread, "start", side_effect=RuntimeError),
            self.assertLogs(recheck.__name__, "ERROR"),
        ):
            self.rechecker.add("db", scopes)
        with patch.object(recheck, "IDLE", 0):
            self.rechecker.add("db", scopes)
            self.wait_for(1)
            self.wait_for_end()
