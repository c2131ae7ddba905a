from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# hours
KEPT = 24


class RealtimeMinute(models.Model):
    """What one process has counted within a minute."""

    _name = "amanat.realtime.minute"
    _description = "Real-time: figures of a minute"
    _log_access = False
    _order = "minute desc, id desc"

    process = fields.Char(required=True)
    minute = fields.Datetime(required=True)
    figures = fields.Json()

    _minute_uniq = models.Constraint(
        "UNIQUE(minute, process)", "A process has its figures of a minute once."
    )

    @api.model
    def _since(self, moment):
        """Return figures of all processes together.

        :param datetime moment:
        :return: pairs of a minute and its figures
        :rtype: list[tuple[datetime, dict]]
        """
        return self.env.execute_query(
            SQL(
                """ SELECT minute, figures FROM amanat_realtime_minute
                     WHERE minute >= %s ORDER BY minute """,
                moment,
            )
        )

    @api.autovacuum
    def _gc_minutes(self):
        self.env.cr.execute(
            "DELETE FROM amanat_realtime_minute WHERE minute < %s",
            (fields.Datetime.now() - timedelta(hours=KEPT),),
        )
