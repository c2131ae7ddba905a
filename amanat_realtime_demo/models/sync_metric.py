from datetime import timedelta

import psutil

from odoo import api, fields, models

KEPT = timedelta(days=1)


class AmanatSyncMetric(models.Model):
    """How the server was at a moment."""

    _name = "amanat.sync.metric"
    _inherit = ["amanat.base.model"]
    _description = "System Metric"
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    cpu = fields.Float("CPU (%)", aggregator="avg")
    memory = fields.Float("Memory (%)", aggregator="avg")
    disk = fields.Float("Disk (%)", aggregator="avg")
    load = fields.Float("Load per core", aggregator="avg")

    @api.model
    def action_measure(self):
        """Measure now.

        :raise AccessError: if the user may not write metrics
        """
        self.create(
            {
                # since the last call in this process
                "cpu": psutil.cpu_percent(),
                "memory": psutil.virtual_memory().percent,
                "disk": psutil.disk_usage("/").percent,
                "load": psutil.getloadavg()[0] / psutil.cpu_count(),
            }
        )

    @api.autovacuum
    def _gc_metrics(self):
        old = fields.Datetime.now() - KEPT
        self.search([("date", "<", old)], limit=100_000).unlink()
