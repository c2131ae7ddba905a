"""Promise: a cashier has his own transfers only, an auditor reads all and changes
none, a manager does everything, and nobody looks into another company."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTransfer(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "amanat_realtime_demo.group_transfer_"
        cls.cashier = new_test_user(cls.env, "tr_cashier", f"{group}cashier")
        cls.manager = new_test_user(cls.env, "tr_manager", f"{group}manager")
        cls.auditor = new_test_user(cls.env, "tr_auditor", f"{group}auditor")
        cls.double = new_test_user(
            cls.env, "tr_double", f"{group}cashier,{group}auditor"
        )
        cls.user = new_test_user(cls.env, "tr_user", "base.group_user")
        cls.sender, cls.receiver = cls.env["res.partner"].create(
            [{"name": "Sender"}, {"name": "Receiver"}]
        )
        cls.own = cls._create(user_id=cls.cashier.id)
        cls.other = cls._create(user_id=cls.manager.id)
        cls.transfers = cls.own + cls.other

    @classmethod
    def _create(cls, **values):
        return cls._create_as(cls.env.user, **values)

    @classmethod
    def _create_as(cls, user, **values):
        return cls.env(user=user)["amanat.transfer"].create(
            {
                "sender_id": cls.sender.id,
                "receiver_id": cls.receiver.id,
                "amount": 100,
                **values,
            }
        )

    def _visible(self, user, transfers):
        return (
            self.env["amanat.transfer"]
            .with_user(user)
            .search([("id", "in", transfers.ids)], order="id")
        )

    def _operations(self, user, transfer):
        """The operations that ``user`` may do on ``transfer``."""
        transfer = transfer.with_user(user)
        return {
            operation
            for operation in ("read", "write", "unlink")
            if transfer.has_access(operation)
        }

    def test_reference_comes_from_the_sequence(self):
        first, second = self._create(), self._create()
        self.assertRegex(first.name, r"^TR/\d{4}/\d{5}$")
        self.assertEqual(int(second.name[-5:]), int(first.name[-5:]) + 1)
        self.assertEqual(self._create(name="OLD/1").name, "OLD/1")
        self.assertNotEqual(first.copy().name, first.name)

    def test_form(self):
        with Form(self.env["amanat.transfer"].with_user(self.cashier)) as form:
            form.sender_id = self.sender
            form.receiver_id = self.receiver
            form.amount = 12.5
        self.assertRegex(form.record.name, r"^TR/")
        self.assertEqual(form.record.user_id, self.cashier)
        self.assertEqual(form.record.state, "draft")

    def test_states(self):
        transfer = self.own.with_user(self.cashier)
        transfer.action_confirm()
        self.assertEqual(transfer.state, "confirmed")
        transfer.action_done()
        self.assertEqual(transfer.state, "done")
        for button in ("action_confirm", "action_cancel", "action_draft"):
            with self.assertRaises(UserError):
                getattr(transfer, button)()
        self.assertEqual(transfer.state, "done")

    def test_cancel_and_back_to_draft(self):
        self.own.action_cancel()
        self.assertEqual(self.own.state, "cancelled")
        with self.assertRaises(UserError):
            self.own.action_done()
        self.own.action_draft()
        self.assertEqual(self.own.state, "draft")

    def test_a_button_moves_all_transfers_or_none(self):
        self.other.action_cancel()
        with self.assertRaises(UserError):
            self.transfers.action_confirm()
        self.assertEqual(self.own.state, "draft")

    @mute_logger("odoo.sql_db")
    def test_impossible_transfers(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self._create(amount=-1)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self._create(receiver_id=self.sender.id)

    def test_cashier(self):
        self.assertEqual(self._visible(self.cashier, self.transfers), self.own)
        self.assertEqual(self._operations(self.cashier, self.own), {"read", "write"})
        self.assertEqual(self._operations(self.cashier, self.other), set())

    def test_cashier_hands_over(self):
        self.own.with_user(self.cashier).write({"user_id": self.manager.id})
        self.assertEqual(self._operations(self.cashier, self.own), set())
        with self.assertRaises(AccessError):
            self._create_as(self.cashier, user_id=self.manager.id)

    def test_manager(self):
        self.assertEqual(self._visible(self.manager, self.transfers), self.transfers)
        self.assertEqual(
            self._operations(self.manager, self.own), {"read", "write", "unlink"}
        )

    def test_auditor(self):
        self.assertEqual(self._visible(self.auditor, self.transfers), self.transfers)
        self.assertEqual(self._operations(self.auditor, self.own), {"read"})
        with self.assertRaises(AccessError):
            self.own.with_user(self.auditor).action_confirm()
        self.assertFalse(self.own.with_user(self.auditor).has_access("create"))

    def test_auditor_who_is_a_cashier_too(self):
        mine = self._create(user_id=self.double.id)
        self.assertEqual(self._visible(self.double, self.transfers), self.transfers)
        self.assertEqual(self._operations(self.double, self.own), {"read"})
        self.assertEqual(self._operations(self.double, mine), {"read", "write"})

    def test_others_have_no_rights(self):
        self.assertEqual(self._operations(self.user, self.own), set())

    def test_companies(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        transfer = self._create(company_id=branch.id, user_id=self.manager.id)
        for user in (self.cashier, self.manager, self.auditor):
            self.assertFalse(self._visible(user, transfer), user.login)
        self.manager.company_ids += branch
        self.assertEqual(
            transfer.with_user(self.manager)
            .with_context(allowed_company_ids=branch.ids)
            .search([("id", "in", (self.transfers + transfer).ids)]),
            transfer,
        )
