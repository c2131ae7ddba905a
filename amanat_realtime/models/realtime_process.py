import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..monitoring import process
from ..monitoring.counters import merge
from ..monitoring.sockets import connections

# seconds: of what was heard from a process since then, it is said that it is so now
ALIVE = 60
# hours
KEPT = 24
# stands for all processes that were removed from the table
GONE = "gone"


class RealtimeProcess(models.Model):
    """A process of the server: what it is like, and what it has counted since it
    runs.
    """

    _name = "amanat.realtime.process"
    _description = "Real-time: process of the server"
    _log_access = False
    _order = "seen_at desc, id desc"

    name = fields.Char(required=True)
    kind = fields.Char()
    seen_at = fields.Datetime(required=True)
    state = fields.Json(help="Memory, websockets and what they follow.")
    totals = fields.Json()

    _name_uniq = models.Constraint("UNIQUE(name)", "A process is there once.")

    @api.model
    def _note(self, ledger, figures):
        """Write down what this process has counted, and what it is like.

        :param Ledger ledger: its books
        :param dict figures: what is new
        :return: whether it has websockets, so that there will be more to say
        :rtype: bool
        """
        now = fields.Datetime.now()
        minute = now.replace(second=0)
        ledger.book(minute, figures)
        name = process.name()
        state = {
            "memory": process.memory(),
            "connections": connections(self.env.cr.dbname),
        }
        if not self._update(name, now, state, ledger.totals):
            # what it said in a row that was removed is in that of those that are gone
            ledger.totals = merge({}, figures)
            self._insert(name, now, state, ledger.totals)
        if ledger.figures:
            self._write_minute(name, minute, ledger.figures)
        return bool(state["connections"] and state["connections"]["sockets"])

    def _update(self, name, now, state, totals):
        """
        :return: whether there is such a row
        :rtype: bool
        """
        self.env.cr.execute(
            SQL(
                """ UPDATE amanat_realtime_process
                       SET seen_at = %s, state = %s, totals = %s
                     WHERE name = %s """,
                now,
                json.dumps(state),
                json.dumps(totals),
                name,
            )
        )
        return bool(self.env.cr.rowcount)

    def _insert(self, name, now, state, totals):
        self.env.cr.execute(
            SQL(
                """ INSERT INTO amanat_realtime_process
                           (name, kind, seen_at, state, totals)
                    VALUES (%s, %s, %s, %s, %s) """,
                name,
                process.kind(),
                now,
                json.dumps(state),
                json.dumps(totals),
            )
        )

    def _write_minute(self, name, minute, figures):
        self.env.cr.execute(
            SQL(
                """ INSERT INTO amanat_realtime_minute (process, minute, figures)
                    VALUES (%s, %s, %s)
               ON CONFLICT (minute, process) DO UPDATE
                       SET figures = EXCLUDED.figures """,
                name,
                minute,
                json.dumps(figures),
            )
        )

    @api.model
    def _alive(self):
        """Return the processes that were heard of lately.

        :return: kind, moment, state
        :rtype: list[tuple[str, datetime, dict]]
        """
        return self.env.execute_query(
            SQL(
                """ SELECT kind, seen_at, state FROM amanat_realtime_process
                     WHERE seen_at >= %s ORDER BY kind, name """,
                fields.Datetime.now() - timedelta(seconds=ALIVE),
            )
        )

    @api.model
    def _totals(self):
        """Return what all processes have counted, those that are gone included.

        :rtype: dict
        """
        rows = self.env.execute_query(SQL("SELECT totals FROM amanat_realtime_process"))
        return _sum(totals for (totals,) in rows)

    @api.autovacuum
    def _gc_processes(self):
        """Remove processes that are gone; what they counted stays in the totals."""
        limit = fields.Datetime.now() - timedelta(hours=KEPT)
        removed = self.env.execute_query(
            SQL(
                """ DELETE FROM amanat_realtime_process
                     WHERE seen_at < %s RETURNING totals """,
                limit,
            )
        )
        if removed:
            totals = _sum(totals for (totals,) in removed)
            # of a time that is long past: it is not taken for a process
            self._insert(GONE, limit - timedelta(hours=1), {}, totals)


def _sum(many):
    figures = {}
    for totals in many:
        merge(figures, totals or {})
    return figures
