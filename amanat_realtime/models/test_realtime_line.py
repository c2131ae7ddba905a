from odoo import api, fields, models


class AmanatTestRealtimeLine(models.Model):
    _name = "amanat.test.realtime.line"
    _inherit = ["amanat.base.model"]
    _description = "Real-time Test Line"
    _order = "id"

    name = fields.Char(required=True)
    realtime_id = fields.Many2one(
        "amanat.test.realtime",
        string="Real-time Test",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        related="realtime_id.currency_id", store=True, precompute=True
    )
    quantity = fields.Float(default=1.0)
    price = fields.Monetary()
    subtotal = fields.Monetary(compute="_compute_subtotal", store=True)

    @api.depends("quantity", "price")
    def _compute_subtotal(self):
        for line in self:
            line.subtotal = line.quantity * line.price
