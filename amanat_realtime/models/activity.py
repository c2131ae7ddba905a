from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ..audit.origin import ORIGINS
from ..audit.retention import vacuum


class AmanatActivity(models.Model):
    """Who changed what on which record: a row for each changed field of an updated
    record, and one for each created and each deleted record.

    Written by ``audit/`` alone; nobody has rights to write. Who may read a row is
    decided by the record and the field that it is about.
    """

    _name = "amanat.activity"
    _description = "Activity"
    _order = "id desc"
    _rec_name = "record_name"
    _log_access = False

    transaction = fields.Char(
        readonly=True, help="The rows of one transaction have the same."
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Person", readonly=True, index=True, ondelete="set null"
    )
    origin = fields.Selection(ORIGINS, required=True, readonly=True)
    model = fields.Char("Technical model", required=True, readonly=True)
    model_id = fields.Many2one(
        "ir.model", readonly=True, index=True, ondelete="set null"
    )
    res_id = fields.Many2oneReference(
        "Record ID", model_field="model", required=True, readonly=True
    )
    record_name = fields.Char("Record", readonly=True, help="Its name at that time.")
    action = fields.Selection(
        [("create", "Created"), ("update", "Changed"), ("delete", "Deleted")],
        required=True,
        readonly=True,
    )
    field = fields.Char("Technical field", readonly=True)
    field_id = fields.Many2one(
        "ir.model.fields",
        "Field",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    field_label = fields.Char("Changed field", compute="_compute_field_label")
    ttype = fields.Char("Type of field", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Whose value it is, of fields that every company has its own value of.",
    )
    difference = fields.Float(
        readonly=True, digits=0, help="By how much a number changed."
    )
    secret = fields.Boolean(readonly=True, help="Values of this field are not kept.")

    # what a reader may see of them is in old_value and its siblings
    old_raw = fields.Json(readonly=True, groups=NO_ACCESS)
    new_raw = fields.Json(readonly=True, groups=NO_ACCESS)
    old_text = fields.Text(readonly=True, groups=NO_ACCESS)
    new_text = fields.Text(readonly=True, groups=NO_ACCESS)
    rights = fields.Text(readonly=True, groups=NO_ACCESS)

    _of_record = models.Index("(model, res_id)")
    _of_deleted = models.Index("(model, md5(rights)) WHERE action = 'delete'")

    @api.depends("model", "field")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for row in self:
            field = row.model in self.env and self.env[row.model]._fields.get(row.field)
            label = field._description_string(self.env) if field else row.field
            row.field_label = label

    @api.autovacuum
    def _gc_activity(self):
        return vacuum(self.env)
