from odoo import fields, models


class AmanatTaskTemplate(models.Model):
    """The steps that a kind of task consists of."""

    _name = "amanat.task.template"
    _description = "Task Template"

    name = fields.Char(required=True, translate=True)
    line_ids = fields.One2many("amanat.task.template.line", "template_id", copy=True)


class AmanatTaskTemplateLine(models.Model):
    _name = "amanat.task.template.line"
    _description = "Step of a Task Template"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "amanat.task.template", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
