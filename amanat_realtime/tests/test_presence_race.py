"""Promise: people never run into each other by reporting where they are, nor does who
changes rights run into them.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from odoo import SUPERUSER_ID, api
from odoo.tests import new_test_user, tagged

from odoo.addons.amanat_realtime.presence.report import parse_places
from odoo.addons.amanat_realtime.presence.take_report import take_report

from .presence_common import MODEL, numbers, place, tab_of
from .real_transactions import RealTransactionsCase

TABS = 200
THREADS = 16
USERS = 4


@tagged("post_install", "-at_install")
class TestPresenceRace(RealTransactionsCase):
    """On real transactions; what is committed is removed. No request is ever run again:
    a serialization failure would come out.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.last_row = env["bus.bus"]._bus_last_id()
            users = [new_test_user(env, f"rt_race{n}") for n in range(USERS)]
            self.user_ids = [user.id for user in users]
            self.partner_ids = [user.partner_id.id for user in users]
            self.record_id = env[MODEL].create({"name": "Race"}).id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.users"].browse(self.user_ids).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()
            env[MODEL].browse(self.record_id).unlink()
            env["bus.bus"].search([("id", ">", self.last_row)]).unlink()

    def report(self, number, *places, meanwhile=None):
        """Report in a transaction of its own, whose view of the data may be older."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user_ids[number % USERS], {})
            cr.execute("SELECT 1 FROM amanat_realtime_presence LIMIT 1")
            if meanwhile:
                meanwhile()
            self.take(env, number, *places)

    def take(self, env, tab, *places):
        take_report(env, tab_of(tab), next(numbers), parse_places(list(places)))

    def stored(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT tab, state FROM amanat_realtime_presence WHERE model != ''"
            )
            return sorted(cr.fetchall())

    def test_200_tabs_at_once(self):
        barrier = threading.Barrier(THREADS)
        record = place(id=self.record_id, state="editing", field="amount")

        def work(first):
            for state in ("viewing", "idle", "viewing"):
                barrier.wait(60)
                for number in range(first, TABS, THREADS):
                    # all of them in the same list and record, and half of them go
                    places = [place(state=state), record]
                    self.report(number, *places)
            barrier.wait(60)
            for number in range(first, TABS, THREADS):
                if number % 2:
                    self.report(number)

        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(work, first) for first in range(THREADS)]:
                done.result()
        left = range(0, TABS, 2)
        rows = [(tab_of(n), s) for n in left for s in ("editing", "viewing")]
        self.assertEqual(self.stored(), sorted(rows))

    def test_reports_overlap(self):
        """Every transaction began before the others committed."""

        def overlap(number):
            inner = (lambda: overlap(number - 1)) if number else None
            self.report(number, place(), meanwhile=inner)

        overlap(7)
        overlap(7)
        self.assertEqual(len(self.stored()), 8)

    def end(self, cr, meanwhile):
        """Change the rights of a person, in a transaction that began before
        ``meanwhile``.
        """
        env = api.Environment(cr, SUPERUSER_ID, {})
        cr.execute("SELECT 1 FROM amanat_realtime_presence LIMIT 1")
        meanwhile()
        env["res.users"].browse(self.user_ids[0]).amanat_realtime_hidden = True

    def test_rights_change_while_people_report(self):
        self.report(0, place())
        with self.registry.cursor() as cr:
            self.end(cr, lambda: self.report(0, place(state="idle")))
        self.assertEqual(self.stored(), [])

    def test_rights_change_that_is_rolled_back(self):
        self.report(0, place())
        with self.registry.cursor() as cr:
            self.end(cr, lambda: None)
            cr.rollback()
        self.assertEqual(self.stored(), [(tab_of(0), "viewing")])

    def test_rights_change_waits_for_who_is_just_reporting(self):
        self.report(0, place())
        with ThreadPoolExecutor(1) as pool:
            with self.registry.cursor() as busy:
                env = api.Environment(busy, self.user_ids[0], {})
                self.take(env, 0, place(state="idle"))
                ended = pool.submit(self.end_all)
                self.wait_for_a_lock()
            ended.result()
        self.assertEqual(self.stored(), [])

    def end_all(self):
        with self.registry.cursor() as cr:
            table = api.Environment(cr, SUPERUSER_ID, {})["amanat.realtime.presence"]
            table._remove(user_ids=(), model_names=(), everywhere=True)

    def wait_for_a_lock(self):
        limit = time.monotonic() + 4
        with self.registry.cursor() as cr:
            waiting = 0
            while not waiting and time.monotonic() < limit:
                cr.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                [waiting] = cr.fetchone()
        self.assertTrue(waiting)

    def test_vacuum_leaves_what_is_being_written(self):
        self.report(0, place())
        self.report(1, place())
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE amanat_realtime_presence SET expires_at = now() - interval '1d'"
            )
        with self.registry.cursor() as busy:
            env = api.Environment(busy, self.user_ids[0], {})
            self.take(env, 0, place())
            with self.registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '5s'")
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["amanat.realtime.presence"]._gc_presence()
        self.assertEqual(self.stored(), [(tab_of(0), "viewing")])
