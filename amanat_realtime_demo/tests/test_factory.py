"""Promise: every piece is counted once, a machine has one shift at a time, hours are
what people worked, and supervisors are told of what is critical."""

from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.recording.addressed import personal_channel

GROUP = "amanat_realtime_demo.group_factory_"


@tagged("post_install", "-at_install")
class TestFactory(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["amanat.machine"].search([]).active = False
        cls.worker = new_test_user(cls.env, "fa_worker", f"{GROUP}worker")
        cls.supervisor = new_test_user(cls.env, "fa_supervisor", f"{GROUP}supervisor")
        cls.loom, cls.press = cls.env["amanat.machine"].create(
            [{"name": "Loom"}, {"name": "Press"}]
        )
        cls.ivan = cls.env["amanat.employee"].create({"name": "Ivan"})

    def _shift(self, machine=None):
        return self.env["amanat.shift"].create(
            {"machine_id": (machine or self.loom).id, "employee_id": self.ivan.id}
        )

    def test_pulses_are_counted(self):
        machines = self.env["amanat.machine"].with_user(self.supervisor)
        machines._take_pulses({self.loom.id: 3, self.press.id: 1})
        self.loom.with_user(self.supervisor).action_pulse()
        self.assertEqual((self.loom.pieces, self.press.pieces), (4, 1))
        self.assertEqual(self.loom.status, "running")
        pulses = self.env["amanat.machine.pulse"].search(
            [("machine_id", "=", self.loom.id)]
        )
        self.assertEqual(sum(pulses.mapped("pieces")), 4)

    def test_pulse_belongs_to_the_running_shift(self):
        shift = self._shift()
        shift.action_start()
        self.loom.action_pulse()
        pulse = self.env["amanat.machine.pulse"].search([], limit=1)
        self.assertEqual(pulse.shift_id, shift)

    def test_machine_that_is_not_ready(self):
        self.loom.action_maintenance()
        with self.assertRaises(UserError):
            (self.press + self.loom)._take_pulses({self.press.id: 1, self.loom.id: 1})
        self.assertEqual((self.press.pieces, self.loom.status), (0, "maintenance"))
        self.loom.action_ready()
        self.loom.action_pulse()
        self.assertEqual(self.loom.pieces, 1)

    def test_simulation(self):
        self.press.action_maintenance()
        machines = self.env["amanat.machine"].with_user(self.supervisor)
        self.assertEqual(machines.action_simulate(50), 50)
        self.assertGreaterEqual(self.loom.pieces, 50)
        self.assertEqual(self.press.pieces, 0)
        self.assertEqual(machines.action_simulate(10**9), 500)
        self.assertEqual(machines.action_simulate(-1), 0)
        with self.assertRaises(AccessError):
            machines.with_user(self.worker).action_simulate()

    def test_silent_machine_stands_still(self):
        (self.loom + self.press).action_pulse()
        self.loom.last_pulse = fields.Datetime.now() - timedelta(minutes=2)
        self.env["amanat.machine"]._mark_idle()
        self.assertEqual((self.loom.status, self.press.status), ("idle", "running"))

    def test_chart(self):
        before = self.env["amanat.machine"].with_user(self.worker).dashboard_chart()
        self.assertEqual(len(before), 61)
        self.assertEqual(before, sorted(before))
        self.loom._take_pulses({self.loom.id: 5})
        self.env.flush_all()
        after = self.env["amanat.machine"].with_user(self.worker).dashboard_chart()
        grown = sum(n for _t, n in after) - sum(n for _t, n in before)
        self.assertEqual(grown, 5)
        self.assertEqual(sum(n for _t, n in after[-2:]), 5)

    def test_one_shift_at_a_time(self):
        first, second = self._shift(), self._shift()
        first.with_user(self.supervisor).action_start()
        self.assertEqual(self.loom.shift_id, first)
        with self.assertRaises(UserError):
            second.action_start()
        with self.assertRaises(UserError):
            first.action_start()
        first.action_end()
        self.assertFalse(self.loom.shift_id)
        second.action_start()
        self.assertEqual(self.loom.shift_id, second)

    @mute_logger("odoo.sql_db")
    def test_one_shift_at_a_time_even_in_two_transactions(self):
        shifts = self._shift() + self._shift()
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            shifts.write({"state": "running"})

    def test_shift_brings_the_employee_to_work(self):
        self.assertFalse(self.ivan.is_present)
        self._shift().action_start()
        self.assertTrue(self.ivan.is_present)
        self._shift(self.press).action_start()
        self.assertEqual(len(self.ivan.worktime_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_work_time(self):
        now = fields.Datetime.now()
        self.ivan.action_check_in()
        with self.assertRaises(UserError):
            self.ivan.action_check_in()
        self.ivan.worktime_ids.check_in = now - timedelta(hours=3)
        self.ivan.action_check_out()
        self.assertFalse(self.ivan.is_present)
        self.assertAlmostEqual(self.ivan.hours_total, 3, places=2)
        with self.assertRaises(UserError):
            self.ivan.action_check_out()
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.ivan.worktime_ids.check_out = now - timedelta(hours=9)

    def test_fault_is_told_to_supervisors(self):
        bus = self.env["bus.bus"].sudo()
        last = bus.search([], order="id desc", limit=1).id
        self.loom.with_user(self.supervisor).action_fault()
        event = self.env["amanat.security.event"].search([], order="id desc", limit=1)
        self.assertEqual((event.kind, event.place), ("fault", "Loom"))
        self.env.cr.precommit.run()
        for user, told in ((self.supervisor, 1), (self.worker, 0)):
            channel = personal_channel(user)
            found = bus.with_user(user)._poll([channel], last or -1)
            actions = [n["message"]["payload"].get("action") for n in found]
            self.assertEqual(actions.count("security_event"), told, user.login)

    def test_worker_reports_and_supervisor_handles(self):
        event = (
            self.env["amanat.security.event"]
            .with_user(self.worker)
            .create({"name": "Smoke", "kind": "fire"})
        )
        with self.assertRaises(AccessError):
            event.action_handle()
        event.with_user(self.supervisor).action_handle()
        self.assertEqual(
            (event.state, event.handled_by_id), ("handled", self.supervisor)
        )
