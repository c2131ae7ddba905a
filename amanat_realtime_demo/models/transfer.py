from odoo import api, fields, models


class AmanatTransfer(models.Model):
    """Money that goes from one partner to another, over a cashier's desk."""

    _name = "amanat.transfer"
    _inherit = ["amanat.base.model", "amanat.reference", "amanat.state.buttons"]
    _description = "Transfer"
    _order = "date desc, id desc"

    sender_id = fields.Many2one("res.partner", required=True, index=True)
    receiver_id = fields.Many2one("res.partner", required=True, index=True)
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
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
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    note = fields.Text()
    order_ids = fields.One2many("amanat.order", "transfer_id", string="Orders")
    paid_amount = fields.Monetary(compute="_compute_paid_amount", store=True)

    _check_amount = models.Constraint(
        "CHECK(amount >= 0)", "The amount of a transfer cannot be negative."
    )
    _check_partners = models.Constraint(
        "CHECK(sender_id != receiver_id)",
        "The sender and the receiver of a transfer must differ.",
    )

    @api.depends("order_ids.state", "order_ids.amount", "order_ids.currency_id")
    def _compute_paid_amount(self):
        for transfer in self:
            transfer.paid_amount = sum(
                order.currency_id._convert(
                    order.amount, transfer.currency_id, transfer.company_id, order.date
                )
                for order in transfer.order_ids
                if order.state == "paid"
            )

    def action_confirm(self):
        self._change_state("confirmed", {"draft"})

    def action_done(self):
        self._change_state("done", {"confirmed"})

    def action_cancel(self):
        self._change_state("cancelled", {"draft", "confirmed"})

    def action_draft(self):
        self._change_state("draft", {"confirmed", "cancelled"})
