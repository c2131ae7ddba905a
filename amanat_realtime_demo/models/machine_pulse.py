from datetime import timedelta

from odoo import api, fields, models

KEPT = timedelta(days=7)


class AmanatMachinePulse(models.Model):
    """Pieces that a machine made at a moment. There are too many of them to be live:
    who watches looks at the machine.
    """

    _name = "amanat.machine.pulse"
    _description = "Machine Pulse"
    _order = "id desc"
    _log_access = False

    machine_id = fields.Many2one(
        "amanat.machine", required=True, ondelete="cascade", index=True
    )
    shift_id = fields.Many2one("amanat.shift", ondelete="set null", index=True)
    date = fields.Datetime(required=True, index=True)
    pieces = fields.Integer(default=1)

    @api.autovacuum
    def _gc_pulses(self):
        old = fields.Datetime.now() - KEPT
        self.search([("date", "<", old)], limit=100_000).unlink()
