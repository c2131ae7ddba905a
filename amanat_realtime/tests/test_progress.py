"""Promise: progress costs nothing per step, is told in time and truly, to those it is
meant for, and never breaks the work.
"""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.exceptions import ProgressCancelled
from odoo.addons.amanat_realtime.progress import ledger, pace, step
from odoo.addons.amanat_realtime.recording.addressed import personal_channel

from .common import RealtimeMixin

MANAGER = "amanat_realtime.group_realtime_manager"
MODEL = "amanat.realtime.progress"
LEDGER_LOG = "odoo.addons.amanat_realtime.progress.ledger"


class Clock:
    """Time that goes on when a test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class ProgressCase(RealtimeMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runner = cls.new_user("rt_runner")
        cls.watcher = cls.new_user("rt_watcher")
        cls.other = cls.new_user("rt_other")
        cls.manager = cls.new_user("rt_manager", MANAGER)

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.clock = Clock()
        self.startPatcher(patch.object(pace, "clock", self.clock))
        self.last = self.bus_position()

    def track(self, *args, **kwargs):
        return self.env(user=self.runner, su=False)[MODEL].track(
            *(args or ("Import", 10)), **kwargs
        )

    @contextmanager
    def raising(self, error):
        """``assertRaises`` of Odoo would undo what was done in other transactions."""
        try:
            yield
        except error:
            return
        self.fail(f"{error} not raised")

    def rows(self):
        self.env.invalidate_all()
        return self.env[MODEL].sudo().search([])

    def row(self):
        return self.rows()[:1]

    def told(self, user=None):
        """Return the messages that a person has got."""
        bus = self.env["bus.bus"].with_user(user or self.runner)
        channel = personal_channel(user or self.runner)
        found = bus._poll([channel], self.last or -1)
        messages = [n["message"] for n in found]
        return [m["payload"] for m in messages if m["type"].endswith("/progress")]

    def cancel(self, user=None):
        return self.row().with_user(user or self.runner).cancel()


@tagged("post_install", "-at_install")
class TestProgress(ProgressCase):
    def test_a_work_that_goes_well(self):
        with self.track() as step:
            self.assertEqual(self.row().state, "running")
            for _item in range(10):
                step(1, "Going on", updated=1)
            self.clock.now += 1
            step(0)
            self.assertEqual(self.row().message, "Going on")
        row = self.row()
        self.assertFalse(row.message)
        self.assertEqual((row.state, row.done, row.total), ("done", 10, 10))
        self.assertEqual(row.user_id, self.runner)
        self.assertEqual(row.summary, "Updated: 10")
        first, *_others, last = self.told()
        self.assertEqual((first["state"], first["done"]), ("running", 0))
        self.assertEqual((last["state"], last["done"]), ("done", 10))
        self.assertLess(first["n"], last["n"])
        self.assertEqual(last["by"], {"id": self.runner.id, "name": self.runner.name})

    def test_two_messages_per_second(self):
        with self.track("Import", 1000) as step:
            for _item in range(1000):
                step()
                self.clock.now += 0.01
        # ten seconds: the first one, twenty more, and the last one
        told = [message["done"] for message in self.told()]
        self.assertEqual(told[0], 0)
        self.assertEqual(told[-1], 1000)
        self.assertIn(len(told), range(19, 23))

    def test_a_step_costs_no_query(self):
        with self.track() as step:
            with self.assertQueryCount(0):
                for _item in range(9):
                    step(1, "go on", updated=1)
                step.skip("no_data")

    def test_slow_telling_leaves_the_work_alone(self):
        save = ledger.Ledger.save

        def slow(self_, *args):
            self.clock.now += 2
            return save(self_, *args)

        with patch.object(ledger.Ledger, "save", slow), self.track() as step:
            self.clock.now += 10
            step()
            self.assertEqual(self.row().done, 0)
            self.clock.now += 10
            step()
            self.assertEqual(self.row().done, 2)

    def test_the_summary_of_a_synchronisation(self):
        with self.track("Synchronisation", labels={"updated": "Positions"}) as step:
            step(5, updated=5)
            step.skip("by_hand", 3)
            step.skip("no_data", 2)
            step.skip("too old")
            step(0, recalculated=5)
        row = self.row()
        self.assertEqual((row.state, row.done), ("warning", 11))
        self.assertEqual(
            row.summary,
            "Positions: 5, Skipped (edited by hand): 3, Skipped (no data): 2, "
            "Skipped (too old): 1, Recalculated: 5",
        )
        kinds = [counter["skipped"] for counter in self.told()[-1]["counters"]]
        self.assertEqual(kinds, [False, True, True, True, False])

    def test_unknown_total(self):
        with self.track("Search") as step:
            self.assertEqual(self.told()[-1]["total"], 0)
            step.set_total(7)
            self.clock.now += 1
            step()
            self.assertEqual(self.told()[-1]["total"], 7)

    def test_what_people_may_know_of_a_failure(self):
        for error, text in (
            (UserError("The file is empty."), "The file is empty."),
            (KeyError("secret"), "Something went wrong."),
        ):
            with self.raising(type(error)), self.track() as step:
                step(3)
                raise error
            row = self.row()
            self.assertEqual((row.state, row.done), ("failed", 3))
            self.assertIn(text, row.message)
            self.assertNotIn("secret", row.message)

    def test_a_request_that_is_run_again(self):
        with (
            patch.object(step, "request", True),
            self.raising(SerializationFailure),
            self.track(),
        ):
            raise SerializationFailure
        self.assertFalse(self.row())
        # what was told before is withheld now
        states = [message["state"] for message in self.told() if message]
        self.assertEqual(states, ["gone"])

    def test_cancel(self):
        reached = []
        with self.raising(ProgressCancelled), self.track() as step:
            step()
            [state] = self.cancel()
            self.assertTrue(state["cancelling"])
            step()
            reached.append(step.done)
            self.clock.now += 1
            step()
            reached.append(step.done)
        self.assertEqual(reached, [2])
        self.assertEqual((self.row().state, self.row().done), ("cancelled", 3))

    def test_cancel_that_is_caught(self):
        with self.track() as step:
            self.cancel()
            self.clock.now += 1
            with self.raising(ProgressCancelled):
                step()
            self.clock.now += 1
            step()
        self.assertEqual((self.row().state, self.row().done), ("cancelled", 2))

    def test_what_cannot_be_cancelled(self):
        with self.track(cancellable=False) as step:
            self.assertFalse(self.cancel()[0]["cancelling"])
            self.clock.now += 1
            step()
        self.assertEqual(self.row().state, "done")

    def test_who_may_cancel(self):
        with self.track(users=self.watcher):
            for user in (self.watcher, self.other):
                with self.assertRaises(AccessError):
                    self.cancel(user)
            self.assertFalse(self.row().cancel_requested)
            self.cancel(self.manager)
            self.assertTrue(self.row().cancel_requested)

    def test_a_work_within_another(self):
        with self.track("Outer") as outer:
            row = self.row()
            row.seen_at -= timedelta(hours=1)
            self.env.flush_all()
            with self.track("Inner") as inner:
                self.clock.now += 1
                inner()
                # it lives as long as what it is made of
                row.invalidate_recordset()
                self.assertGreater(
                    row.seen_at, fields.Datetime.now() - timedelta(minutes=1)
                )
            outer()
        works = self.rows()
        self.assertEqual(works.mapped("name"), ["Inner", "Outer"])
        self.assertEqual(set(works.mapped("state")), {"done"})

    def test_cancelling_the_outer_work_ends_the_inner_one(self):
        with self.raising(ProgressCancelled), self.track("Outer"):
            outer = self.row()
            with self.track("Inner") as inner:
                # as a commit does
                self.env.transaction.clear()
                outer.with_user(self.runner).cancel()
                self.clock.now += 1
                inner()
        works = self.rows()
        self.assertEqual(set(works.mapped("state")), {"cancelled"})

    def test_without_with(self):
        step = self.track().start()
        step(10)
        self.assertEqual(self.row().state, "running")
        step.finish()
        self.assertEqual((self.row().state, self.row().done), ("done", 10))

    def test_bad_use_is_refused(self):
        for args in (("",), (None,), ("Import", -1), ("Import", "many")):
            with self.assertRaises(ValueError):
                self.track(*args)

    def test_it_may_fail_and_the_work_goes_on(self):
        failing = patch.object(ledger, "run_outside", side_effect=OSError("no cursor"))
        with self.assertLogs(LEDGER_LOG, "ERROR") as logs, failing:
            with self.track() as step:
                for _item in range(10):
                    self.clock.now += 100
                    step()
        self.assertEqual(len(logs.output), 1)
        self.assertEqual(step.done, 10)
        self.assertFalse(self.row())

    @mute_logger(LEDGER_LOG)
    def test_failures_are_repeated_less_and_less_often(self):
        failing = patch.object(ledger, "run_outside", side_effect=OSError)
        with failing as run, self.track("Import", 0) as step:
            for _second in range(60):
                self.clock.now += 1
                step()
            self.assertLess(run.call_count, 8)

    def test_it_is_told_when_it_can_be_again(self):
        with mute_logger(LEDGER_LOG), self.track() as step:
            with patch.object(ledger, "run_outside", side_effect=OSError):
                self.clock.now += 1
                step()
            self.clock.now += 60
            step()
            self.assertEqual(self.row().done, 2)

    def test_a_row_that_was_deleted(self):
        with self.track() as step:
            self.row().unlink()
            self.clock.now += 1
            step()
        self.assertFalse(self.row())
        self.assertEqual(step.done, 1)


@tagged("post_install", "-at_install")
class TestProgressReaders(ProgressCase):
    def current(self, user, *args):
        return self.env(user=user, su=False)[MODEL].current(*args)

    def names(self, user):
        return [work["name"] for work in self.current(user)]

    def test_who_is_told(self):
        portal = self.new_user("rt_portal", "base.group_portal")
        with self.track(users=self.watcher | portal):
            pass
        self.assertEqual(len(self.told(self.watcher)), 2)
        for user in (self.other, self.manager, portal):
            self.assertEqual(self.told(user), [])

    def test_who_may_read(self):
        with self.track(users=self.watcher):
            pass
        row = self.row()
        for user in (self.runner, self.watcher, self.manager):
            self.assertTrue(row.with_user(user).has_access("read"))
        self.assertFalse(row.with_user(self.other).has_access("read"))
        for user in (self.runner, self.manager):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(row.with_user(user).has_access(operation))
        self.assertEqual(self.current(self.other, row.ids), [])
        self.assertEqual(len(self.current(self.manager, row.ids)), 1)

    def test_what_a_page_shows_when_it_is_loaded(self):
        with self.track(users=self.watcher):
            for user in (self.runner, self.watcher):
                self.assertEqual(self.names(user), ["Import"])
            for user in (self.other, self.manager):
                self.assertEqual(self.names(user), [])
        self.assertEqual(self.names(self.runner), ["Import"])
        self.row().seen_at -= timedelta(minutes=3)
        self.assertEqual(self.names(self.runner), [])

    def test_a_process_that_died(self):
        self.track().start()
        self.row().seen_at -= timedelta(minutes=6)
        [work] = self.current(self.runner)
        self.assertEqual(work["state"], "stopped")
        self.assertGreater(work["ago"], 300)
        [work] = self.cancel()
        self.assertEqual(work["state"], "cancelled")

    def test_the_record_is_told_to_its_readers(self):
        limited = self.new_user("rt_limited", "amanat_realtime.group_realtime_limited")
        record = self.env["amanat.test.realtime"].create({"name": "R"})
        with self.track(record=record, users=limited):
            pass
        reference = {"model": record._name, "id": record.id}
        self.assertEqual(self.told()[-1]["record"], reference)
        self.assertNotIn("record", self.told(limited)[-1])
        self.assertNotIn("record", self.current(limited)[0])

    def test_old_rows_are_removed(self):
        with self.track():
            pass
        self.env[MODEL]._gc_progress()
        self.assertTrue(self.row())
        self.row().seen_at -= timedelta(days=3)
        self.env[MODEL]._gc_progress()
        self.assertFalse(self.row())

    def test_it_is_no_business_of_browsers(self):
        from odoo.service.model import get_public_method

        with self.assertRaises(AccessError):
            get_public_method(self.env[MODEL], "track")
