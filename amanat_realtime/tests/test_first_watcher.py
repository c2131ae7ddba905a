"""Promise: whoever is the first to watch a model misses nothing that is committed after
their first read, however long ago it was begun; and a short transaction that writes
what nobody watches pays nothing for that.
"""

import time
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.activation.switches import set_enabled
from odoo.addons.amanat_realtime.channel import EVERY_ROOM
from odoo.addons.amanat_realtime.models import base_model
from odoo.addons.amanat_realtime.recording import unwatched
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

    def remove(self):
        with self.registry.cursor() as cr:
            cr.execute(f"DELETE FROM {LEASES}")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].search([("name", "=like", "First watcher%")]).unlink()
            for lease in self.leases:
                cr.execute(f"INSERT INTO {LEASES} (id, expires_at) VALUES %s", [lease])
            env["bus.bus"].search([("id", ">", self.last_row)]).unlink()

    def begin_to_watch(self, *names):
        """Have somebody begin to watch, in a transaction of their own."""
        with self.registry.cursor() as cr:
            self.env = api.Environment(cr, SUPERUSER_ID, {})
            self.watch(*names)

    def told(self, work, seconds=2 * unwatched.SHORT):
        """Return what a writer leaves on the bus. Their transaction has begun before
        somebody watches.

        :param Callable work: is given the record and a function that has somebody
            watch; else they do so after it
        :param float seconds: what the transaction takes
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
            time.sleep(seconds)
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

    def test_write_at_the_end_of_a_long_transaction(self):
        """It sees what was there when it began, and not when it first wrote."""

        def work(record, watch):
            watch()
            time.sleep(2 * unwatched.SHORT)
            record.quantity = 2

        self.assert_refresh(self.told(work, seconds=0))

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
        with patch(f"{base_model.__name__}.is_enabled", return_value=False):
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
            time.sleep(2 * unwatched.SHORT)
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

    def test_short_transaction_asks_nothing(self):
        opened = self.opened_by(3600)
        self.assertEqual(opened, 0)
        # or this test would prove nothing
        self.assertEqual(self.opened_by(0), 1)

    def opened_by(self, limit):
        """Return how many more cursors a writer opens."""
        original, opened = Registry.cursor, []

        def cursor(registry, *args, **kwargs):
            opened.append(registry)
            return original(registry, *args, **kwargs)

        mine = self.registry.cursor()
        with (
            patch.object(unwatched, "SHORT", limit),
            patch.object(Registry, "cursor", cursor),
            mine as cr,
        ):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].browse(self.record_id).quantity += 1
            env.flush_all()
            queries = cr.sql_log_count
        self.assertEqual(mine.sql_log_count, queries)
        return len(opened)

    def test_failure_of_ours_does_not_break_the_write(self):
        mine = self.registry.cursor()
        with (
            patch.object(Registry, "cursor", side_effect=ZeroDivisionError),
            self.assertLogs(unwatched.__name__, "ERROR"),
            mine as cr,
        ):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].browse(self.record_id).quantity = 2
            env.flush_all()
            time.sleep(2 * unwatched.SHORT)
        with self.registry.cursor() as cr:
            record = api.Environment(cr, SUPERUSER_ID, {})[MODEL].browse(self.record_id)
            self.assertEqual(record.quantity, 2)
