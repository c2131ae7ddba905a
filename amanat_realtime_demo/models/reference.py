from odoo import api, fields, models


class AmanatReference(models.AbstractModel):
    """Records that are called by a number of a sequence, whose code is the name of the
    model.
    """

    _name = "amanat.reference"
    _description = "Numbered document"

    name = fields.Char(
        string="Reference",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("name"):
                company_id = vals.get("company_id") or self.env.company.id
                sequence = self.env["ir.sequence"].with_company(company_id)
                vals["name"] = sequence.next_by_code(self._name)
        return super().create(vals_list)
