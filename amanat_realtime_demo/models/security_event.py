from odoo import api, fields, models

SUPERVISOR = "amanat_realtime_demo.group_factory_supervisor"


class AmanatSecurityEvent(models.Model):
    """Something that somebody has to look after."""

    _name = "amanat.security.event"
    _inherit = ["amanat.base.model"]
    _description = "Security Event"
    _order = "date desc, id desc"

    name = fields.Char("What happened", required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    kind = fields.Selection(
        [
            ("access", "Access"),
            ("fault", "Machine fault"),
            ("fire", "Fire alarm"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    severity = fields.Selection(
        [("info", "Information"), ("warning", "Warning"), ("critical", "Critical")],
        required=True,
        default="info",
    )
    place = fields.Char()
    handled_by_id = fields.Many2one("res.users", "Handled by", readonly=True)
    state = fields.Selection(
        [("new", "New"), ("handled", "Handled")],
        required=True,
        readonly=True,
        default="new",
        group_expand=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        urgent = events.filtered(lambda event: event.severity == "critical")
        supervisors = self.env.ref(SUPERVISOR, raise_if_not_found=False)
        if urgent and supervisors:
            supervisors.sudo()._send_realtime_notification(
                "security_event",
                self._name,
                [
                    {"id": event.id, "name": event.name, "place": event.place or ""}
                    for event in urgent
                ],
                ["name", "place"],
            )
        return events

    def action_handle(self):
        self.write({"state": "handled", "handled_by_id": self.env.uid})
