"""Promise: the test console does as another person what its buttons say, to records of
this person only, and for managers only.
"""

import inspect
from unittest.mock import MagicMock, patch

from odoo import Command
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.console.values import FIELDS, other_value
from odoo.addons.amanat_realtime.models import realtime_console

from .presence_common import MODEL, PresenceMixin, place, tab_of

MANAGER = "amanat_realtime.group_realtime_manager"
CONSOLE = "amanat.realtime.console"
METHODS = {
    name
    for name, _method in inspect.getmembers(
        realtime_console.RealtimeConsole, inspect.isfunction
    )
    if name in vars(realtime_console.RealtimeConsole) and not name.startswith("_")
}
ROBOT_TAB = 0xABC


class ConsoleCase(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.robot = cls.env.ref("amanat_realtime.user_test_robot")
        cls.manager = cls.new_user("rt_console", MANAGER, name="Manager")
        cls.foreign = cls.env[MODEL].create({"name": "Foreign", "quantity": 1})
        cls.console = cls.env[CONSOLE].with_user(cls.manager)

    def setUp(self):
        super().setUp()
        self.watch()

    def commit(self):
        # as Odoo does at the end of a request
        self.env(user=self.manager).flush_all()
        return super().commit()

    def own(self):
        return self.env[MODEL].search([("create_uid", "=", self.robot.id)])

    def row(self, call):
        """Return the only row that a call puts on the bus."""
        self.commit()
        last = self.bus_position()
        call()
        self.commit()
        [row] = self.rows_after(last)
        return row


@tagged("post_install", "-at_install")
class TestConsole(ConsoleCase):
    def test_begin_has_something_to_show(self):
        info = self.console.begin()
        self.assertEqual(len(self.own()), 3)
        self.assertEqual(
            info,
            {
                "model": MODEL,
                "robot": {"id": self.robot.id, "name": "Test Robot"},
                "list_view": self.env.ref(realtime_console.LIST_VIEW).id,
            },
        )
        self.console.begin()
        self.assertEqual(len(self.own()), 3, "there were some already")

    def test_simple_page_creates_nothing(self):
        self.console.info()
        self.assertFalse(self.own())

    def test_records_are_for_managers_of_all_companies(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.manager.write({"company_ids": company.ids, "company_id": company.id})
        [id_] = self.console.create_records()
        record = self.env[MODEL].with_user(self.manager).browse(id_)
        self.assertTrue(record.has_access("read"))
        self.assertEqual(record.currency_id, company.currency_id)

    def test_create(self):
        row = self.row(self.console.create_records)
        self.assertEqual(row["create"], self.own().ids)
        self.assertEqual(row["by"], self.robot.id)

    def test_edit(self):
        self.console.create_records(2)
        for _attempt in range(20):
            told = {}
            row = self.row(lambda told=told: told.update(self.console.edit()))
            self.assertEqual(row["by"], self.robot.id)
            self.assertIn(told["id"], self.own().ids)
            self.assertIn(told["field"], FIELDS)
            [update] = row["update"]
            self.assertEqual(update["ids"], [told["id"]])
            self.assertEqual([*update["diff"]], [told["field"]])

    def test_other_values_differ(self):
        record = self.env[MODEL].create({"name": "N"})
        for name in FIELDS:
            for _attempt in range(20):
                before = record[name]
                record[name] = other_value(record, name)
                self.assertNotEqual(record[name], before, name)

    def test_what_is_shown_can_be_edited(self):
        arch = self.env.ref(realtime_console.LIST_VIEW).arch
        for name in FIELDS:
            self.assertIn(f'name="{name}"', arch)
        self.assertIn(f'limit="{realtime_console.SHOWN}"', arch)

    def test_delete_the_newest(self):
        first, second = self.console.create_records(2)
        row = self.row(self.console.delete_records)
        self.assertEqual(row["unlink"], [second])
        self.assertEqual(row["by"], self.robot.id)
        self.assertEqual(self.own().ids, [first])

    def test_bulk_is_told_as_one_hint(self):
        ids = self.console.create_records(201)
        row = self.row(lambda: self.console.change_records(ids))
        self.assertTrue(row["refresh"])
        self.assertEqual(row["by"], self.robot.id)
        self.assertNotIn("update", row)
        self.assertEqual(self.console.delete_records(ids), 201)
        self.assertFalse(self.own())

    def test_what_others_deleted_meanwhile_does_not_matter(self):
        ids = self.console.create_records(2)
        self.own()[0].unlink()
        self.console.change_records(ids)
        self.assertEqual(self.console.delete_records(ids), 1)

    def test_conflict(self):
        [id_] = self.console.create_records()
        record = self.own()
        for field in FIELDS:
            before = record[field]
            self.assertEqual(
                self.console.conflict(id_, field), {"id": id_, "field": field}
            )
            self.assertNotEqual(record[field], before, field)
        self.assertEqual(record.write_uid, self.robot)

    def test_conflict_in_a_record_that_was_deleted(self):
        [id_] = self.console.create_records()
        self.own().unlink()
        with self.assertRaisesRegex(UserError, "deleted"):
            self.console.conflict(id_, "name")

    def test_without_records(self):
        for method in ("edit", "notify", "delete_records"):
            with self.assertRaisesRegex(UserError, "create one first"):
                getattr(self.console, method)()

    def test_notification(self):
        [id_] = self.console.create_records()
        self.commit()
        last = self.bus_position()
        self.console.notify()
        self.commit()
        [told] = self.received_by(self.manager, last)
        self.assertEqual(told["action"], "console_greeting")
        self.assertEqual((told["ids"], told["by"]["name"]), ([id_], "Test Robot"))
        self.assertEqual(told["extra"], {"text": "Hello from Test Robot"})

    def test_clean_up(self):
        self.console.create_records(3)
        self.own()[0].active = False
        self.own().line_ids = [Command.create({"name": "Added by somebody"})]
        self.env.flush_all()
        self.assertEqual(self.console.clean_up(), 3)
        self.assertTrue(self.foreign.exists())

    def test_left_over_records_are_vacuumed(self):
        old, new = self.console.create_records(2)
        self.env.flush_all()
        self.env.cr.execute(
            """ UPDATE amanat_test_realtime
                   SET create_date = create_date - '25 h'::interval
                 WHERE id IN %s """,
            [(old, self.foreign.id)],
        )
        self.env.invalidate_all()
        self.env[CONSOLE]._gc_left_over()
        self.assertEqual(self.own().ids, [new])
        self.assertTrue(self.foreign.exists())


@tagged("post_install", "-at_install")
class TestConsolePresence(ConsoleCase):
    def be(self, where, number):
        return self.console.presence(tab_of(ROBOT_TAB), number, where)

    def robots_places(self):
        return self.present(self.manager).get("Test Robot")

    def test_walk(self):
        [id_] = self.console.create_records()
        record = self.env[MODEL].browse(id_)
        self.be("list", 1)
        self.assertEqual(self.robots_places(), [place()])
        self.be("record", 2)
        self.assertEqual(self.robots_places(), [place(record)])
        self.be("field", 3)
        typing = place(record, state="editing", field="quantity", typing=True)
        self.assertEqual(self.robots_places(), [typing])
        self.be("gone", 4)
        self.assertIsNone(self.robots_places())

    def test_who_looks_is_told(self):
        self.console.create_records()
        self.commit()
        self.report(self.manager, 1, place())
        last = self.bus_position()
        self.assertEqual(self.be("list", 1), {"disabled": False})
        [told] = self.received_by(self.manager, last)
        self.assertEqual(told["user"], {"id": self.robot.id, "name": "Test Robot"})
        self.assertEqual(told["tab"], tab_of(ROBOT_TAB))
        self.assertEqual(told["places"], [place()])

    def test_who_may_not_read_its_records_is_not_told(self):
        limited = self.new_user(
            "rt_console_limited", "amanat_realtime.group_realtime_limited"
        )
        self.console.create_records()
        self.be("field", 1)
        self.assertNotIn("Test Robot", self.present(limited))

    def test_presence_that_is_switched_off(self):
        self.console.create_records()
        self.env["ir.config_parameter"].set_param("amanat_realtime.presence", "False")
        self.assertEqual(self.be("list", 1), {"disabled": True})

    def test_tab_of_somebody_else(self):
        self.console.create_records()
        self.report(self.manager, ROBOT_TAB, place())
        with self.assertRaises(AccessError):
            self.be("list", 9)

    def test_malformed(self):
        self.console.create_records()
        for arguments in (
            ("x", 1, "list"),
            (tab_of(1), "1", "list"),
            (tab_of(1), 0, "list"),
            (tab_of(1), 1, "moon"),
            (tab_of(1), 1, ["list"]),
            (tab_of(1), 1, None),
        ):
            with self.assertRaises(ValidationError):
                self.console.presence(*arguments)


@tagged("post_install", "-at_install")
class TestConsoleWork(ConsoleCase):
    def test_progress(self):
        step = MagicMock()
        track = MagicMock()
        track.return_value.__enter__.return_value = step
        track.return_value.__exit__.return_value = False
        Progress = type(self.env[realtime_console.PROGRESS])
        with (
            patch.object(realtime_console, "STEP_TIME", 0),
            patch.object(Progress, "track", track),
        ):
            self.console.work()
        self.assertEqual(track.call_args.kwargs, {"total": step.call_count})
        self.assertGreater(step.call_count, 1)


@tagged("post_install", "-at_install")
class TestConsoleRights(ConsoleCase):
    # what a call needs so as to get as far as its work
    ARGUMENTS = {
        "conflict": (1, "name"),
        "change_records": ([1],),
        "presence": (tab_of(ROBOT_TAB), 1, "gone"),
    }

    def test_every_method_is_for_managers_only(self):
        self.assertGreaterEqual(METHODS, {*self.ARGUMENTS, "info", "begin", "work"})
        others = [
            self.new_user("rt_console_user", name="User"),
            self.new_user("rt_console_portal", "base.group_portal"),
            self.env.ref("base.public_user"),
            self.robot,
        ]
        for user in others:
            console = self.env[CONSOLE].with_user(user)
            for name in METHODS:
                with (
                    self.subTest(user=user.login, method=name),
                    self.assertRaisesRegex(AccessError, "managers only"),
                ):
                    getattr(console, name)(*self.ARGUMENTS.get(name, ()))
        self.assertFalse(self.own())

    def test_records_of_others_are_not_touched(self):
        self.console.create_records()
        ids = [*self.own().ids, self.foreign.id]
        before = self.foreign.read(FIELDS)
        for call in (
            lambda: self.console.conflict(self.foreign.id, "name"),
            lambda: self.console.change_records(ids),
            lambda: self.console.delete_records(ids),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.foreign.read(FIELDS), before)
        self.assertEqual(len(self.own()), 1)

    def test_robot_by_itself_sees_nothing_else(self):
        [id_] = self.console.create_records()
        env = self.env(user=self.robot)
        self.assertEqual(env[MODEL].search([]).ids, [id_])
        with self.assertRaises(AccessError):
            env["res.partner"].search([])
        with self.assertRaises(AccessError):
            env[f"{MODEL}.line"].search([])

    def test_malformed_parameters(self):
        for call in (
            lambda: self.console.conflict("1", "name"),
            lambda: self.console.conflict(True, "name"),
            lambda: self.console.conflict(self.console.create_records()[0], "user_id"),
            lambda: self.console.change_records("1"),
            lambda: self.console.change_records([0]),
            lambda: self.console.change_records([*range(1, 1002)]),
            lambda: self.console.delete_records([{}]),
            lambda: self.console.create_records(0),
            lambda: self.console.create_records(1001),
            lambda: self.console.create_records("3"),
        ):
            with self.assertRaises(ValidationError):
                call()

    def test_robot_is_no_seat_and_cannot_log_in(self):
        self.assertTrue(self.robot.share)
        self.assertFalse(self.robot._is_portal() or self.robot._is_public())
        for password in ("", "amanat_realtime_test_robot", "Test Robot"):
            credential = {
                "type": "password",
                "login": self.robot.login,
                "password": password,
            }
            with self.assertRaises(AccessDenied):
                self.env["res.users"].authenticate(credential, {"interactive": False})

    def test_robot_that_was_archived(self):
        self.robot.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.console.begin()

    def test_robot_that_was_deleted(self):
        self.robot.unlink()
        with self.assertRaisesRegex(UserError, "deleted"):
            self.console.begin()
        self.env[CONSOLE]._gc_left_over()
        self.assertTrue(self.foreign.exists())
