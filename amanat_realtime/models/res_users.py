from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    amanat_realtime_toasts = fields.Boolean(
        "Tell me what others change",
        default=True,
        help="Show a short message when somebody else changes a record that I am "
        "looking at. Conflicts with my own changes are always shown.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "amanat_realtime_toasts"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "amanat_realtime_toasts"]
