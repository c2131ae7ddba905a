"""Promise: a sync task says how far it is and how it ended, whatever happens to it."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.exceptions import ProgressCancelled
from odoo.addons.amanat_realtime_demo.models import sync_task

GROUP = "amanat_realtime_demo.group_factory_"


@tagged("post_install", "-at_install")
class TestSync(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "sy_user", f"{GROUP}supervisor")
        cls.worker = new_test_user(cls.env, "sy_worker", f"{GROUP}worker")
        cls.env["amanat.printer"].search([]).active = False
        cls.printer, cls.silent = cls.env["amanat.printer"].create(
            [{"name": "A", "serial": "sy1"}, {"name": "B", "serial": "sy2"}]
        )
        cls.reading = cls.env["amanat.printer.reading"].create(
            {"printer_id": cls.printer.id, "date": "2026-01-01", "a4_bw": 100}
        )
        cls.task = cls.env["amanat.sync.task"].create(
            {"name": "Counters", "user_id": cls.user.id}
        )

    def setUp(self):
        super().setUp()
        # progress is stored in transactions of its own, and the cron commits
        self.registry_enter_test_mode()
        self.startPatcher(patch.object(sync_task, "ANSWER_SECONDS", 0))

    def _run(self, task=None):
        (task or self.task).with_user(self.user).action_run()
        self._cron()

    def _cron(self):
        self.env.flush_all()
        with self.registry.cursor() as cr:
            self.env(cr=cr)["amanat.sync.task"]._cron_run()
        self.env.invalidate_all()

    def _progress(self):
        # after a failure, the rollback of the task takes it along here: in tests, both
        # are one transaction
        return self.env["amanat.realtime.progress"].search(
            [("res_model", "=", self.task._name), ("res_id", "=", self.task.id)],
            limit=1,
        )

    def test_readings_are_brought_over(self):
        self._run()
        self.assertEqual((self.task.state, self.task.total), ("done", 2))
        today = fields.Date.context_today(self.task)
        new = self.printer.reading_ids[0]
        self.assertEqual(new.date, today)
        self.assertGreater(new.a4_bw, 100)
        self._run()
        self.assertEqual(len(self.printer.reading_ids), 2)
        self.assertGreater(self.printer.reading_ids[0].a4_bw, 110)

    def test_progress_is_the_responsible_persons(self):
        self._run()
        work = self._progress()
        self.assertEqual((work.user_id, work.state), (self.user, "warning"))
        self.assertEqual((work.done, work.total), (2, 2))
        counts = {c["key"]: c["count"] for c in work.counters}
        self.assertEqual(counts, {"updated": 1, "no_data": 1})

    def test_forgotten_work_time_is_closed(self):
        since = fields.Datetime.now() - timedelta(hours=20)
        employee = self.env["amanat.employee"].create({"name": "x"})
        employee.action_check_in()
        employee.worktime_ids.check_in = since
        task = self.task.copy({"source": "worktime"})
        self._run(task)
        self.assertEqual(task.state, "done")
        self.assertFalse(employee.is_present)
        self.assertAlmostEqual(employee.hours_total, 12)

    def test_cancelled(self):
        with patch.object(
            type(self.task), "_take_over", side_effect=ProgressCancelled("Stopped")
        ):
            self._run()
        self.assertEqual((self.task.state, self.task.message), ("cancelled", "Stopped"))
        self.assertEqual(len(self.printer.reading_ids), 1)

    def test_failure_is_told_and_the_next_task_runs(self):
        def fail(task, item, step):
            if task.id == self.task.id:
                # pylint: disable-next=translation-required
                raise UserError("No answer")

        other = self.task.copy()
        (self.task + other).with_user(self.user).action_run()
        with patch.object(type(self.task), "_take_over", fail):
            self._cron()
        self.assertEqual((self.task.state, self.task.message), ("failed", "No answer"))
        self.assertEqual(other.state, "done")

    @mute_logger("odoo.addons.amanat_realtime_demo.models.sync_task")
    def test_error_of_the_program_is_not_told(self):
        with patch.object(
            type(self.task), "_take_over", side_effect=ZeroDivisionError("secret")
        ):
            self._run()
        self.assertEqual(self.task.state, "failed")
        self.assertNotIn("secret", self.task.message)

    def test_task_is_queued_once(self):
        self.task.action_run()
        with self.assertRaises(UserError):
            self.task.action_run()

    def test_server_was_stopped_meanwhile(self):
        self.task.state = "running"
        self._cron()
        self.assertEqual(self.task.state, "failed")
        self.assertTrue(self.task.message)

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.task.with_user(self.worker).action_run()
        metrics = self.env["amanat.sync.metric"]
        with self.assertRaises(AccessError):
            metrics.with_user(self.user).action_measure()
        metrics.action_measure()
        found = metrics.with_user(self.user).search([], limit=1)
        self.assertTrue(0 < found.memory <= 100)
        self.assertTrue(0 <= found.cpu <= 100)
