import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.amanat_realtime.exceptions import ProgressCancelled

from .labels import label_of

_logger = logging.getLogger(__name__)

BUSY = ("queued", "running")
# who is still here then has forgotten to check out
LONGEST_DAY = timedelta(hours=12)
# how long the other side takes to answer for one item
ANSWER_SECONDS = 0.1


class AmanatSyncTask(models.Model):
    """Data that is brought over from another system, by a scheduled action."""

    _name = "amanat.sync.task"
    _inherit = ["amanat.base.model"]
    _description = "Sync Task"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    source = fields.Selection(
        [("readings", "Printer counters"), ("worktime", "Forgotten work time")],
        required=True,
        default="readings",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [
            ("idle", "Idle"),
            ("queued", "Queued"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="idle",
        copy=False,
        group_expand=True,
    )
    total = fields.Integer("Items", readonly=True, copy=False)
    processed = fields.Integer(readonly=True, copy=False)
    last_run = fields.Datetime(readonly=True, copy=False)
    duration = fields.Float("Seconds", readonly=True, copy=False)
    message = fields.Char("Result", readonly=True, copy=False)

    def action_run(self):
        """Queue the tasks; the scheduled action begins with them at once.

        :raise UserError: if one of them is under way
        """
        for task in self:
            if task.state in BUSY:
                raise UserError(self.env._("%s is under way.", task.name))
        self.write({"state": "queued", "message": False})
        self.env.ref("amanat_realtime_demo.ir_cron_sync").sudo()._trigger()

    @api.model
    def monitor_state(self):
        """Return what the monitor shows: all of it when it is opened, and again when
        something changes.

        :rtype: dict
        """
        hour = fields.Datetime.now() - timedelta(hours=1)
        metrics = self.env["amanat.sync.metric"].search(
            [("date", ">", hour)], order="date, id", limit=120
        )
        return {
            "tasks": [
                {
                    "id": task.id,
                    "name": task.name,
                    "state": task.state,
                    "state_label": label_of(task, "state"),
                    "is_busy": task.state in BUSY,
                    "processed": task.processed,
                    "total": task.total,
                    "message": task.message or "",
                }
                for task in self.search([])
            ],
            "metrics": [
                {
                    "date": f"{metric.date.isoformat()}Z",
                    "cpu": metric.cpu,
                    "memory": metric.memory,
                    "disk": metric.disk,
                    "load": metric.load,
                }
                for metric in metrics
            ],
        }

    @api.model
    def _cron_run(self):
        """Run what is queued, one task after the other, each in its transaction."""
        cron = self.env["ir.cron"]
        # a scheduled action runs once at a time: the server stopped in the midst of it
        self.search([("state", "=", "running")]).write(
            {"state": "failed", "message": self.env._("The server was stopped.")}
        )
        queued = [("state", "=", "queued")]
        while task := self.search(queued, limit=1):
            task.write({"state": "running", "last_run": fields.Datetime.now()})
            cron._commit_progress(remaining=self.search_count(queued) + 1)
            task._run()
            cron._commit_progress(1)

    def _run(self):
        self.ensure_one()
        begin = time.monotonic()
        task = self.with_user(self.user_id).sudo()
        progress = self.env["amanat.realtime.progress"].with_user(self.user_id)
        items = task._items()
        result = {"state": "done", "message": False, "processed": len(items)}
        try:
            with self.env.cr.savepoint():
                with progress.track(self.name, len(items), record=self) as step:
                    for item in items:
                        task._take_over(item, step)
        except ProgressCancelled as cancelled:
            result = {"state": "cancelled", "message": str(cancelled), "processed": 0}
        except UserError as error:
            result = {"state": "failed", "message": str(error), "processed": 0}
        except Exception:
            _logger.exception("Sync task %s failed", self.name)
            message = self.env._("Something went wrong. The log tells more.")
            result = {"state": "failed", "message": message, "processed": 0}
        duration = time.monotonic() - begin
        self.write({**result, "total": len(items), "duration": duration})
        self._tell_finished()

    def _tell_finished(self):
        self.user_id._send_realtime_notification(
            "sync_finished",
            self._name,
            [{"id": self.id, "name": self.name, "result": label_of(self, "state")}],
        )

    def _items(self):
        """Return what there is on the other side.

        :rtype: BaseModel
        """
        if self.source == "readings":
            return self.env["amanat.printer"].search([("active", "=", True)])
        return self.env["amanat.employee"].search([("active", "=", True)])

    def _take_over(self, item, step):
        """Bring one item over.

        :param BaseModel item: what it is about
        :param Step step:
        """
        time.sleep(ANSWER_SECONDS)
        if self.source == "readings":
            self._take_reading(item, step)
        else:
            self._close_forgotten(item, step)

    def _close_forgotten(self, employee, step):
        since = fields.Datetime.now() - LONGEST_DAY
        forgotten = employee.worktime_ids.filtered(
            lambda time: not time.check_out and time.check_in < since
        )
        for worktime in forgotten:
            worktime.check_out = worktime.check_in + LONGEST_DAY
        step(message=employee.name, updated=int(bool(forgotten)))

    def _take_reading(self, printer, step):
        last = printer.reading_ids[:1]
        if not last:
            step.skip("no_data")
            return
        today = fields.Date.context_today(self)
        pages = 10 + printer.id % 7
        values = {
            "a4_bw": last.a4_bw + pages,
            "a4_color": last.a4_color + (pages if printer.has_color else 0),
            "a3_bw": last.a3_bw + (pages if printer.has_a3 else 0),
            "a3_color": last.a3_color
            + (pages if printer.has_a3 and printer.has_color else 0),
        }
        if last.date == today:
            last.write(values)
        else:
            last.copy({"date": today, **values})
        step(message=printer.display_name, updated=1)
