from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AmanatMoney(models.Model):
    """A container of money: a cash box, a bank account, a wallet."""

    _name = "amanat.money"
    _inherit = ["amanat.base.model"]
    _description = "Money Container"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("cash", "Cash"), ("bank", "Bank"), ("wallet", "Wallet")],
        required=True,
        default="cash",
        group_expand=True,
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    opening_balance = fields.Monetary()
    allow_negative = fields.Boolean(
        "May be overdrawn", help="More may be paid than there is."
    )
    outgoing_ids = fields.One2many("amanat.order", "source_id", "Payments")
    incoming_ids = fields.One2many("amanat.order", "destination_id", "Receipts")
    balance = fields.Monetary(
        compute="_compute_balance", store=True, help="What is there now."
    )
    reserved = fields.Monetary(
        compute="_compute_reserved",
        store=True,
        help="What confirmed orders are going to take.",
    )
    available = fields.Monetary(
        compute="_compute_available", store=True, help="What is there and not reserved."
    )

    @api.depends(
        "opening_balance",
        "outgoing_ids.state",
        "outgoing_ids.amount",
        "incoming_ids.state",
        "incoming_ids.amount_received",
    )
    def _compute_balance(self):
        for money in self:
            received = _paid(money.incoming_ids).mapped("amount_received")
            spent = _paid(money.outgoing_ids).mapped("amount")
            money.balance = money.opening_balance + sum(received) - sum(spent)

    @api.depends("outgoing_ids.state", "outgoing_ids.amount")
    def _compute_reserved(self):
        for money in self:
            confirmed = money.outgoing_ids.filtered(lambda o: o.state == "confirmed")
            money.reserved = sum(confirmed.mapped("amount"))

    @api.depends("balance", "reserved")
    def _compute_available(self):
        for money in self:
            money.available = money.balance - money.reserved

    @api.constrains("balance", "allow_negative")
    def _check_balance(self):
        for money in self:
            if money.allow_negative or money.currency_id.is_zero(money.balance):
                continue
            if money.balance < 0:
                raise ValidationError(
                    self.env._(
                        "%(container)s has %(missing)s too little for this.",
                        container=money.name,
                        missing=money.currency_id.format(-money.balance),
                    )
                )

    @api.constrains("currency_id")
    def _check_currency(self):
        for money in self:
            if _paid(money.outgoing_ids | money.incoming_ids):
                raise ValidationError(
                    self.env._(
                        "The currency of %s cannot change: money has moved in it.",
                        money.name,
                    )
                )


def _paid(orders):
    return orders.filtered(lambda order: order.state == "paid")
