from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .labels import label_of

# a machine without a pulse for so long stands still
IDLE_AFTER = timedelta(seconds=30)
# what the chart of the dashboard shows
CHART_MINUTES = 10
CHART_STEP = 10


class AmanatMachine(models.Model):
    """A machine that sends a pulse for each piece that it makes."""

    _name = "amanat.machine"
    _inherit = ["amanat.base.model"]
    _description = "Machine"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    status = fields.Selection(
        [
            ("running", "Running"),
            ("idle", "Idle"),
            ("maintenance", "Maintenance"),
            ("fault", "Fault"),
        ],
        required=True,
        default="idle",
        group_expand=True,
    )
    pieces = fields.Integer("Pieces made", readonly=True, copy=False)
    last_pulse = fields.Datetime(readonly=True, copy=False)
    shift_ids = fields.One2many("amanat.shift", "machine_id", "Shifts")
    shift_id = fields.Many2one(
        "amanat.shift", "Running shift", compute="_compute_shift_id", store=True
    )

    @api.depends("shift_ids.state")
    def _compute_shift_id(self):
        for machine in self:
            running = machine.shift_ids.filtered(lambda shift: shift.state == "running")
            machine.shift_id = running[:1]

    def action_maintenance(self):
        self.status = "maintenance"

    def action_fault(self):
        """Report a fault: the supervisors are told at once."""
        self.status = "fault"
        self.env["amanat.security.event"].create(
            [
                {
                    "kind": "fault",
                    "severity": "critical",
                    "place": machine.name,
                    "name": self.env._("%s has stopped with a fault.", machine.name),
                }
                for machine in self
            ]
        )

    def action_ready(self):
        self.status = "idle"

    def action_pulse(self):
        """Make one piece by hand."""
        self._take_pulses({machine.id: 1 for machine in self})

    @api.model
    def _take_pulses(self, pulses):
        """Count pulses, all machines of a moment in one transaction.

        :param dict[int, int] pulses: pieces by the id of the machine
        :raise UserError: if a machine cannot work
        """
        machines = self.browse(pulses)
        for machine in machines:
            if machine.status in ("maintenance", "fault"):
                raise UserError(self.env._("%s is not ready to work.", machine.name))
        now = fields.Datetime.now()
        self.env["amanat.machine.pulse"].sudo().create(
            [
                {
                    "machine_id": machine.id,
                    "shift_id": machine.shift_id.id,
                    "pieces": pulses[machine.id],
                    "date": now,
                }
                for machine in machines
            ]
        )
        for machine in machines.sudo():
            machine.write(
                {
                    "pieces": machine.pieces + pulses[machine.id],
                    "last_pulse": now,
                    "status": "running",
                }
            )

    @api.model
    def _mark_idle(self):
        """Machines that went silent stand still."""
        silent = fields.Datetime.now() - IDLE_AFTER
        self.search([("status", "=", "running"), ("last_pulse", "<", silent)]).write(
            {"status": "idle"}
        )

    @api.model
    def dashboard_state(self):
        """Return what the dashboard shows, as far as the user may read it.

        :rtype: dict
        """
        machines = self.search([("active", "=", True)])
        employees = self.env["amanat.employee"].search([("active", "=", True)])
        events = self.env["amanat.security.event"].search(
            [("state", "=", "new")], limit=10
        )
        return {
            "machines": [
                {
                    **_read(machine, "name", "status", "pieces"),
                    "status_label": label_of(machine, "status"),
                    "shift": machine.shift_id.employee_id.name or "",
                }
                for machine in machines
            ],
            "pieces": sum(machines.mapped("pieces")),
            "people": {
                "here": len(employees.filtered("is_present")),
                "all": len(employees),
            },
            "events": [
                {
                    **_read(event, "name", "severity", "place"),
                    "severity_label": label_of(event, "severity"),
                }
                for event in events
            ],
            "chart": self.dashboard_chart(),
        }

    @api.model
    def dashboard_chart(self):
        """Return the pieces of the last minutes, for the chart of the dashboard.

        :return: ``[[begin of ten seconds, as ISO 8601 in UTC, pieces], …]``
        :rtype: list[list]
        :raise AccessError: if the user may not read pulses
        """
        self.env["amanat.machine.pulse"].check_access("read")
        rows = self.env.execute_query(
            SQL(
                """ SELECT step.begin, COALESCE(SUM(pulse.pieces), 0)
                      FROM generate_series(
                               date_bin(%(step)s, %(now)s, TIMESTAMP '2000-01-01')
                                   - %(shown)s,
                               %(now)s,
                               %(step)s
                           ) AS step(begin)
                 LEFT JOIN amanat_machine_pulse pulse
                        ON pulse.date >= step.begin
                       AND pulse.date < step.begin + %(step)s
                  GROUP BY step.begin
                  ORDER BY step.begin """,
                now=fields.Datetime.now(),
                step=timedelta(seconds=CHART_STEP),
                shown=timedelta(minutes=CHART_MINUTES),
            )
        )
        return [[f"{begin.isoformat()}Z", int(pieces)] for begin, pieces in rows]


def _read(record, *names):
    return {"id": record.id, **{name: record[name] for name in names}}
