from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AmanatOrder(models.Model):
    """Money that comes into a container, leaves it, or goes from one to another."""

    _name = "amanat.order"
    _inherit = ["amanat.base.model", "amanat.reference", "amanat.state.buttons"]
    _description = "Money Order"
    _order = "date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", index=True)
    source_id = fields.Many2one(
        "amanat.money", string="From", index=True, check_company=True
    )
    destination_id = fields.Many2one(
        "amanat.money", string="To", index=True, check_company=True
    )
    transfer_id = fields.Many2one("amanat.transfer", index=True, check_company=True)
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True
    )
    amount_received = fields.Monetary(
        compute="_compute_amount_received",
        store=True,
        currency_field="received_currency_id",
        help="What arrives, in the currency of the container that it goes to.",
    )
    received_currency_id = fields.Many2one(
        related="destination_id.currency_id", string="Currency of Receipt"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users", string="Cashier", default=lambda self: self.env.user, index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    note = fields.Text()

    _check_amount = models.Constraint(
        "CHECK(amount > 0)", "The amount of an order must be more than nothing."
    )
    _check_containers = models.Constraint(
        "CHECK(COALESCE(source_id, 0) != COALESCE(destination_id, 0))",
        "An order needs a container that it comes from or goes to, and not twice the "
        "same.",
    )

    @api.depends("source_id.currency_id", "destination_id.currency_id")
    def _compute_currency_id(self):
        for order in self:
            container = order.source_id or order.destination_id
            order.currency_id = container.currency_id or order.company_id.currency_id

    @api.depends("amount", "currency_id", "destination_id.currency_id", "date")
    def _compute_amount_received(self):
        for order in self:
            received = order.amount
            if order.destination_id:
                received = order.currency_id._convert(
                    order.amount,
                    order.destination_id.currency_id,
                    order.company_id,
                    order.date or fields.Date.context_today(order),
                )
            order.amount_received = received

    @api.constrains("partner_id", "source_id", "destination_id")
    def _check_partner(self):
        for order in self:
            inside = order.source_id and order.destination_id
            if not inside and not order.partner_id:
                raise ValidationError(
                    self.env._("Who pays, or is paid? %s has no partner.", order.name)
                )

    def write(self, vals):
        fixed = {"source_id", "destination_id", "amount", "date", "company_id"}
        if fixed & vals.keys() and any(order.state == "paid" for order in self):
            raise UserError(
                self.env._("A paid order cannot change: cancel it and make another.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_not_paid(self):
        if any(order.state == "paid" for order in self):
            raise UserError(self.env._("A paid order cannot be deleted: cancel it."))

    def action_confirm(self):
        self._change_state("confirmed", {"draft"})

    def action_pay(self):
        self._change_state("paid", {"confirmed"})

    def action_cancel(self):
        self._change_state("cancelled", {"draft", "confirmed", "paid"})

    def action_draft(self):
        self._change_state("draft", {"confirmed", "cancelled"})
