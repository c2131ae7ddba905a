"""Promise: balances are the sum of what was paid, always; no more is paid than there
is; a cashier has his own orders only, an auditor changes nothing."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

GROUP = "amanat_realtime_demo.group_transfer_"


@tagged("post_install", "-at_install")
class TestFinance(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = new_test_user(cls.env, "fi_cashier", f"{GROUP}cashier")
        cls.manager = new_test_user(cls.env, "fi_manager", f"{GROUP}manager")
        cls.auditor = new_test_user(cls.env, "fi_auditor", f"{GROUP}auditor")
        cls.partner = cls.env["res.partner"].create({"name": "Customer"})
        cls.desk = cls._container("Desk", 100)
        cls.bank = cls._container("Bank", 1000, kind="bank")

    @classmethod
    def _container(cls, name, opening, **values):
        return cls.env["amanat.money"].create(
            {"name": name, "opening_balance": opening, **values}
        )

    def _order(self, amount, source=None, destination=None, user=None, **values):
        orders = self.env["amanat.order"].with_user(user or self.cashier)
        return orders.create(
            {
                "partner_id": self.partner.id,
                "source_id": source and source.id,
                "destination_id": destination and destination.id,
                "amount": amount,
                **values,
            }
        )

    def _pay(self, order):
        order.action_confirm()
        order.action_pay()

    def test_reference(self):
        self.assertRegex(self._order(5, self.desk).name, r"^MO/\d{4}/\d{5}$")

    def test_payment_is_reserved_and_then_taken(self):
        order = self._order(30, self.desk)
        self.assertEqual((self.desk.balance, self.desk.available), (100, 100))
        order.action_confirm()
        self.assertEqual((self.desk.balance, self.desk.available), (100, 70))
        order.action_pay()
        self.assertEqual((self.desk.balance, self.desk.reserved), (70, 0))
        self.assertEqual(self.desk.available, 70)
        order.action_cancel()
        self.assertEqual((self.desk.balance, self.desk.available), (100, 100))

    def test_receipt(self):
        self._pay(self._order(25, destination=self.desk))
        self.assertEqual(self.desk.balance, 125)

    def test_move_between_containers(self):
        self._pay(self._order(400, self.bank, self.desk, partner_id=False))
        self.assertEqual((self.bank.balance, self.desk.balance), (600, 500))

    def test_exchange(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        main = self.env.company.currency_id
        if main == euro:
            euro = self.env.ref("base.USD")
            euro.active = True
        self.env["res.currency.rate"].create(
            {"name": "2020-01-01", "currency_id": euro.id, "rate": 0.5}
        )
        euro.rate_ids.filtered(lambda rate: rate.rate != 0.5).unlink()
        other = self._container("Foreign", 0, currency_id=euro.id)
        order = self._order(80, self.desk, other)
        self.assertEqual(order.currency_id, main)
        self.assertEqual(order.amount_received, 40)
        self._pay(order)
        self.assertEqual((self.desk.balance, other.balance), (20, 40))

    def test_no_more_than_there_is(self):
        order = self._order(150, self.desk)
        order.action_confirm()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            order.action_pay()
        self.assertEqual((order.state, self.desk.balance), ("confirmed", 100))
        self.desk.allow_negative = True
        order.action_pay()
        self.assertEqual(self.desk.balance, -50)
        with self.assertRaises(ValidationError):
            self.desk.allow_negative = False

    def test_paid_order_is_fixed(self):
        order = self._order(10, self.desk, user=self.manager)
        self._pay(order)
        for vals in ({"amount": 1}, {"source_id": self.bank.id}):
            with self.assertRaises(UserError):
                order.write(vals)
        with self.assertRaises(UserError):
            order.unlink()
        with self.assertRaises(UserError):
            order.action_draft()
        self.assertEqual(self.desk.balance, 90)

    def test_currency_is_fixed_once_money_moved(self):
        self._pay(self._order(10, self.desk))
        with self.assertRaises(ValidationError):
            self.desk.currency_id = self.env["res.currency"].search(
                [("id", "!=", self.desk.currency_id.id), ("active", "in", [1, 0])],
                limit=1,
            )

    @mute_logger("odoo.sql_db")
    def test_impossible_orders(self):
        for values in (
            {"amount": 0, "source": self.desk},
            {"amount": -5, "source": self.desk},
            {"amount": 5},
            {"amount": 5, "source": self.desk, "destination": self.desk},
        ):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self._order(**values)
        with self.assertRaises(ValidationError):
            self._order(5, self.desk, partner_id=False)

    def test_transfer_knows_what_was_paid(self):
        receiver = self.env["res.partner"].create({"name": "Receiver"})
        transfer = self.env["amanat.transfer"].create(
            {"sender_id": self.partner.id, "receiver_id": receiver.id, "amount": 50}
        )
        order = self._order(20, self.desk, user=self.manager, transfer_id=transfer.id)
        self.assertEqual(transfer.paid_amount, 0)
        self._pay(order)
        self.assertEqual(transfer.paid_amount, 20)

    def test_roles(self):
        own = self._order(5, self.desk)
        other = self._order(5, self.desk, user=self.manager)
        both = own + other

        def may(user, order):
            order = order.with_user(user)
            return {op for op in ("read", "write", "unlink") if order.has_access(op)}

        self.assertEqual(may(self.cashier, own), {"read", "write"})
        self.assertEqual(may(self.cashier, other), set())
        self.assertEqual(may(self.manager, both), {"read", "write", "unlink"})
        self.assertEqual(may(self.auditor, both), {"read"})
        with self.assertRaises(AccessError):
            own.with_user(self.auditor).action_confirm()

    def test_cashier_cannot_write_a_balance(self):
        desk = self.desk.with_user(self.cashier)
        self.assertEqual(desk.balance, 100)
        with self.assertRaises(AccessError):
            desk.opening_balance = 1000

    def test_companies(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        box = self._container("Branch box", 10, company_id=branch.id)
        self.assertFalse(box.with_user(self.manager).has_access("read"))
        with self.assertRaises(UserError):
            self._order(5, box, user=self.env.user)
