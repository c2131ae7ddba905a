from odoo import fields, models

PREFERENCES = ["amanat_realtime_toasts", "amanat_realtime_hold"]


class ResUsers(models.Model):
    _inherit = "res.users"

    amanat_realtime_toasts = fields.Boolean(
        "Tell me what others change",
        default=True,
        help="Show a short message when somebody else changes a record that I am "
        "looking at. Conflicts with my own changes are always shown.",
    )

    amanat_realtime_hold = fields.Boolean(
        "Keep rows under my mouse in place",
        help="Rows and cards do not move, come or go while my mouse rests on a list or "
        "board. What others changed waits until I leave it, or ask for it.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *PREFERENCES]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *PREFERENCES]
