"""Promise: whoever loses a right, or is in a model whose rights change, is gone at
once, and others are told.
"""

from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import Command
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.presence.end import ENDED, end_presence

from .presence_common import LIMITED, MODEL, PresenceMixin, place, tab_of

ACCESS = "amanat_realtime.access_amanat_test_realtime_user"


@tagged("post_install", "-at_install")
class TestPresenceEnd(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.record = cls.env[MODEL].create({"name": "One"})
        cls.line_model = cls.env["ir.model"]._get("amanat.test.realtime.line")
        cls.model = cls.env["ir.model"]._get(MODEL)

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.end_transaction()
        self.report(self.ivan, 1, place(), place(self.record))
        self.report(self.maria, 2, place())
        self.last = self.bus_position()

    def left(self):
        """Return the tabs that have been ended."""
        self.end_transaction()
        rows = self.presence_rows(self.last)
        self.assertTrue(all(row["places"] == [] for row in rows))
        stored = set(self.stored().mapped("tab"))
        left = {row["tab"] for row in rows}
        self.assertEqual(stored | left, {tab_of(1), tab_of(2)})
        self.assertFalse(stored & left)
        return left

    def test_users(self):
        company = self.env["res.company"].create({"name": "Second"})
        for values in (
            {"amanat_realtime_hidden": True},
            {"group_ids": [Command.link(self.env.ref(LIMITED).id)]},
            {"company_ids": [Command.link(company.id)]},
            {"active": False},
        ):
            with self.subTest(values), self.cr.savepoint() as savepoint:
                self.ivan.write(values)
                self.assertEqual(self.left(), {tab_of(1)})
                savepoint.rollback()

    def test_message(self):
        self.ivan.active = False
        self.end_transaction()
        [row] = self.presence_rows(self.last)
        self.assertEqual(row["before"], [place(), place(self.record)])
        self.assertEqual(row["by"], self.ivan.id)
        [payload] = self.received_by(self.maria, self.last)
        self.assertEqual((payload["tab"], payload["places"]), (tab_of(1), []))

    def test_other_values_of_users(self):
        self.ivan.write({"signature": "I.", "amanat_realtime_toasts": False})
        self.assertEqual(self.left(), set())

    def test_groups(self):
        group = self.env.ref(LIMITED)
        for values in (
            {"user_ids": [Command.link(self.ivan.id)]},
            {"implied_ids": [Command.link(self.env.ref("base.group_no_one").id)]},
        ):
            with self.subTest(values), self.cr.savepoint() as savepoint:
                group.write(values)
                self.assertEqual(self.left(), {tab_of(1), tab_of(2)})
                savepoint.rollback()
        group.write({"comment": "Says nothing about rights"})
        self.assertEqual(self.left(), set())

    def rights(self):
        """Yield changes of rules and access rights of the model and of another one."""
        rule = self.env["ir.rule"].create(
            {"name": "r", "model_id": self.model.id, "domain_force": "[(1, '=', 1)]"}
        )
        values = {"name": "a", "perm_read": True}
        self.end_transaction()
        self.report(self.ivan, 1, place(), place(self.record))
        self.report(self.maria, 2, place())
        self.last = self.bus_position()
        rules, access = self.env["ir.rule"], self.env["ir.model.access"]
        both, nobody = {tab_of(1), tab_of(2)}, set()
        yield lambda: rule.write({"domain_force": "[('id', '=', 0)]"}), both
        yield lambda: rule.write({"model_id": self.line_model.id}), both
        yield lambda: rule.unlink(), both
        yield lambda: self.env.ref(ACCESS).write({"perm_read": False}), both
        yield lambda: self.env.ref(ACCESS).unlink(), both
        for model, expected in ((self.model, both), (self.line_model, nobody)):
            new = {**values, "model_id": model.id}
            yield lambda new=new: access.create(new), expected
            new = {"name": "r", "model_id": model.id, "domain_force": "[]"}
            yield lambda new=new: rules.create(new), expected

    def test_rules_and_access_rights(self):
        for number, (change, expected) in enumerate(self.rights()):
            with self.subTest(number), self.cr.savepoint() as savepoint:
                change()
                self.assertEqual(self.left(), expected)
                savepoint.rollback()

    def test_who_lost_the_right_does_not_come_back(self):
        self.env.ref(ACCESS).perm_read = False
        self.left()
        self.report(self.ivan, 1, place(), place(self.record))
        self.assertFalse(self.stored())

    def test_who_kept_it_comes_back(self):
        self.env["ir.rule"].create(
            {"name": "r", "model_id": self.model.id, "domain_force": "[]"}
        )
        self.left()
        self.report(self.ivan, 1, place())
        self.assertEqual(self.present(self.maria), {"Ivan": [place()]})

    def test_nothing_for_models_that_are_not_live(self):
        self.env["ir.rule"].create(
            {
                "name": "r",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[]",
            }
        )
        self.assertNotIn(ENDED, self.env.cr.postcommit.data)

    def test_nothing_during_installation(self):
        self.registry.ready = False
        self.addCleanup(setattr, self.registry, "ready", True)
        end_presence(self.env, everywhere=True)
        self.assertNotIn(ENDED, self.env.cr.postcommit.data)

    def test_failure_does_not_reach_the_change(self):
        """Not even one that Odoo would answer by running a request again: what was
        changed is committed.
        """
        table = type(self.env["amanat.realtime.presence"])
        logger = "odoo.addons.amanat_realtime.presence.end"
        for error in (LockNotAvailable(), ValueError()):
            self.ivan.active = not self.ivan.active
            with (
                self.subTest(error),
                patch.object(table, "_remove", side_effect=error),
                self.assertLogs(logger, "ERROR"),
            ):
                self.end_transaction()
