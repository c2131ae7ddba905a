from odoo import api, fields, models


class AmanatTestRealtimeTag(models.Model):
    _name = "amanat.test.realtime.tag"
    _description = "Real-time Test Tag"
    _order = "name"

    name = fields.Char(required=True)
    color = fields.Integer()

    _name_uniq = models.Constraint(
        "UNIQUE(name)", "A tag with this name exists already."
    )


class AmanatTestRealtime(models.Model):
    """A model with one field of every kind that live views have to carry."""

    _name = "amanat.test.realtime"
    _inherit = ["amanat.base.model"]
    _description = "Real-time Test"
    _order = "sequence, id"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", index="btree_not_null")
    amount = fields.Monetary()
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    quantity = fields.Integer()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("in_progress", "In Progress"),
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
    date = fields.Date()
    description = fields.Text()
    body = fields.Html(string="Notes")
    tag_ids = fields.Many2many("amanat.test.realtime.tag", string="Tags")
    line_ids = fields.One2many(
        "amanat.test.realtime.line", "realtime_id", string="Lines", copy=True
    )
    total = fields.Monetary(compute="_compute_total", store=True)
    secret_note = fields.Char(
        groups="base.group_system",
        help="Only administrators can see this field, live or not.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    @api.depends("line_ids.subtotal")
    def _compute_total(self):
        for record in self:
            record.total = sum(record.line_ids.mapped("subtotal"))

    def action_start(self):
        self.write({"state": "in_progress"})

    def action_done(self):
        self.write({"state": "done"})

    def action_cancel(self):
        self.write({"state": "cancelled"})

    def action_draft(self):
        self.write({"state": "draft"})
