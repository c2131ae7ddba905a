"""Promise: counters are whole numbers that the printer has, typed by those who may,
while the month is open; the sync never overwrites what was typed by hand."""

from datetime import date, timedelta
from unittest.mock import Mock

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Datetime
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.activation.session import session_part

GROUP = "amanat_realtime_demo.group_report_"


@tagged("post_install", "-at_install")
class TestReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = new_test_user(cls.env, "rep_editor", f"{GROUP}editor")
        cls.manager = new_test_user(cls.env, "rep_manager", f"{GROUP}manager")
        cls.user = new_test_user(cls.env, "rep_user", "base.group_user")
        cls.env["amanat.printer"].search([]).active = False
        cls.plain, cls.full = cls.env["amanat.printer"].create(
            [
                {"name": "Plain", "serial": "P1"},
                {"name": "Full", "serial": "F1", "has_color": True, "has_a3": True},
            ]
        )
        cls.month = cls._month(date(2031, 1, 15))
        cls.month.action_fill()
        cls.first = cls._counter(cls.month, cls.plain)
        cls.second = cls._counter(cls.month, cls.full)

    def setUp(self):
        super().setUp()
        # progress is stored in transactions of its own
        self.registry_enter_test_mode()

    @classmethod
    def _month(cls, day, **values):
        tomorrow = Datetime.now() + timedelta(days=1)
        return cls.env["amanat.month.control"].create(
            {"month": day, "edit_until": tomorrow, **values}
        )

    @classmethod
    def _counter(cls, month, printer):
        return month.counter_ids.filtered(lambda c: c.printer_id == printer)

    def _read(self, printer, **values):
        return self.env["amanat.printer.reading"].create(
            {"printer_id": printer.id, "date": date(2031, 1, 20), **values}
        )

    def _sync(self):
        """Return what the summary counts."""
        self.month.with_user(self.editor).action_sync()
        work = self.env["amanat.realtime.progress"].search(
            [("res_model", "=", self.month._name), ("res_id", "=", self.month.id)],
            limit=1,
        )
        self.assertEqual(work.user_id, self.editor)
        self.assertEqual(work.done, work.total)
        return {counter["key"]: counter["count"] for counter in work.counters}

    def test_month_is_kept_as_its_first_day(self):
        self.assertEqual(self.month.month, date(2031, 1, 1))
        self.assertIn("2031", self.month.display_name)

    @mute_logger("odoo.sql_db")
    def test_month_and_printer_are_there_once(self):
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._month(date(2031, 1, 3))
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.month.month = date(2031, 5, 2)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.first.copy()

    def test_totals(self):
        self.second.write({"a4_bw_start": 100, "a4_bw_end": 150, "a3_color_end": 7})
        self.first.write({"a4_bw_end": 20})
        self.assertEqual(self.second.total_prints, 57)
        self.assertEqual(self.month.total_prints, 77)
        self.second.a4_bw_end = 0
        self.assertEqual(self.second.total_prints, 7)

    def test_next_month_starts_where_this_one_ends(self):
        self.second.write({"a4_bw_end": 150, "a4_color_end": 30})
        following = self._month(date(2031, 2, 1))
        following.action_fill()
        counter = self._counter(following, self.full)
        self.assertEqual((counter.a4_bw_start, counter.a4_color_start), (150, 30))
        self.assertEqual(len(following.counter_ids), 2)
        following.action_fill()
        self.assertEqual(len(following.counter_ids), 2)

    def test_closed_month_refuses_everything(self):
        self.month.action_close()
        self.assertFalse(self.month.is_open)
        for user in (self.editor, self.manager):
            counter = self.first.with_user(user)
            with self.assertRaisesRegex(ValidationError, "closed"):
                counter.write({"a4_bw_end": 5})
        counter = self.first.with_user(self.manager)
        with self.assertRaises(ValidationError):
            counter.unlink()
        with self.assertRaises(ValidationError):
            self.month.action_sync()
        other = self._month(date(2031, 3, 1))
        with self.assertRaises(ValidationError):
            counter.month_id = other
        self.month.with_user(self.manager).action_reopen()
        counter.write({"a4_bw_end": 5})
        self.assertEqual(self.first.a4_bw_end, 5)

    def test_counter_does_not_move_into_a_closed_month(self):
        closed = self._month(date(2030, 12, 1), edit_until=False)
        with self.assertRaises(ValidationError):
            self.first.with_user(self.manager).month_id = closed

    def test_open_months_are_found(self):
        closed = self._month(date(2030, 12, 1), edit_until=False)
        both = self.month + closed
        months = self.env["amanat.month.control"]
        ours = [("id", "in", both.ids)]
        self.assertEqual(months.search([*ours, ("is_open", "=", True)]), self.month)
        self.assertEqual(months.search([*ours, ("is_open", "=", False)]), closed)
        self.assertEqual(months.search([*ours, ("is_open", "!=", True)]), closed)

    def test_whole_numbers(self):
        for value in (3.7, -1, True):
            with self.subTest(value), self.assertRaises(ValidationError):
                self.first.with_user(self.editor).write({"a4_bw_end": value})
        self.first.write({"a4_bw_end": 4.0})
        self.assertEqual(self.first.a4_bw_end, 4)

    def test_printer_has_no_such_counter(self):
        for name in ("a4_color_end", "a3_bw_end", "a3_color_end"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.first.write({name: 1})
        with self.assertRaises(ValidationError):
            self.second.printer_id = self.env["amanat.printer"].create(
                {"name": "x", "serial": "x"}
            )
            self.second.write({"a3_bw_end": 1})

    def test_editor_types_ends_only(self):
        counter = self.first.with_user(self.editor)
        counter.write({"a4_bw_end": 8})
        for vals in (
            {"a4_bw_start": 1},
            {"manual_fields": False},
            {"a4_bw_end": 1, "printer_id": self.full.id},
        ):
            with self.assertRaises(AccessError):
                counter.write(vals)
        with self.assertRaises(AccessError):
            self.month.with_user(self.editor).action_close()
        with self.assertRaises(AccessError):
            counter.unlink()
        self.assertFalse(self.first.with_user(self.user).has_access("read"))

    def test_sync(self):
        self.second.write({"a4_bw_end": 111})
        self._read(self.full, a4_bw=500, a4_color=40, a3_bw=0, a3_color=9)
        found = self._sync()
        self.assertEqual(self.second.a4_bw_end, 111)
        self.assertEqual((self.second.a4_color_end, self.second.a3_color_end), (40, 9))
        self.assertEqual(
            found, {"updated": 2, "by_hand": 1, "no_data": 2, "recalculated": 1}
        )
        self.assertEqual(self.second.manual_fields, "a4_bw_end")
        self.assertEqual(self._sync(), {"by_hand": 1, "no_data": 2})

    def test_sync_takes_the_last_reading_of_the_month(self):
        self._read(self.plain, a4_bw=10, date=date(2031, 1, 2))
        self._read(self.plain, a4_bw=30, date=date(2031, 1, 31))
        self._read(self.plain, a4_bw=99, date=date(2031, 2, 1))
        self._sync()
        self.assertEqual(self.first.a4_bw_end, 30)

    def _queries_of_sync(self):
        for printer in self.month.counter_ids.printer_id:
            self._read(printer, a4_bw=0)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.month.counter_ids._sync(Mock())
        return self.cr.sql_log_count - before

    def test_sync_asks_once_for_the_readings_of_all_printers(self):
        of_two = self._queries_of_sync()
        self.env["amanat.printer"].create(
            [{"name": f"Further {n}", "serial": f"N{n}"} for n in range(10)]
        )
        self.month.action_fill()
        self.assertEqual(len(self.month.counter_ids), 12)
        self.assertEqual(self._queries_of_sync(), of_two)

    def test_cell_follows_the_inventory_again(self):
        self.first.write({"a4_bw_end": 1})
        self._read(self.plain, a4_bw=30)
        self.first.with_user(self.editor).action_follow_inventory()
        self._sync()
        self.assertEqual(self.first.a4_bw_end, 30)
        self.assertFalse(self.first.manual_fields)

    def test_months_are_rooms(self):
        self.assertEqual(self.first._get_realtime_rooms(), ["2031-01"])
        action = self.month.action_open_counters()
        self.assertEqual(action["context"]["amanat_realtime_room"], "2031-01")

    def test_counters_are_called_by_their_printer(self):
        names = session_part(self.env(user=self.editor))["names"]
        self.assertEqual(names["amanat.printer.counter"], "printer_id")
        self.assertNotIn("amanat.month.control", names)
