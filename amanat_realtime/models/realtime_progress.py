from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..activation.switches import MANAGER
from ..progress.ledger import Ledger
from ..progress.outside import run_outside
from ..progress.state import is_stopped, state_of, told_to
from ..progress.step import Step
from ..progress.texts import Texts
from ..recording.addressed import personal_channel

#: how long the end of a work is told to pages that are loaded afterwards
_RECENT = timedelta(minutes=2)
_KEPT = timedelta(days=2)
_MAX_SHOWN = 50


class RealtimeProgress(models.Model):
    """Long work: how far it is, and how it ended. Rows are written by
    ``progress/ledger.py`` only, in transactions of their own.
    """

    _name = "amanat.realtime.progress"
    _description = "Progress of long work"
    _log_access = False
    _order = "id desc"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", "Run by", required=True, ondelete="cascade", index=True
    )
    watcher_ids = fields.Many2many(
        "res.users", "amanat_realtime_progress_watcher_rel", string="Also shown to"
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("warning", "Done, with something skipped"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
    )
    n = fields.Integer("Number of the last message", required=True)
    done = fields.Integer("Items done")
    total = fields.Integer("Items", help="0: not known.")
    message = fields.Char()
    counters = fields.Json()
    summary = fields.Char(compute="_compute_summary")
    res_model = fields.Char("Model of the record")
    res_id = fields.Many2oneReference("Record", model_field="res_model")
    cancellable = fields.Boolean()
    cancel_requested = fields.Boolean()
    started_at = fields.Datetime("Started", required=True)
    seen_at = fields.Datetime("Last sign of life", required=True, index=True)

    @api.depends("counters")
    def _compute_summary(self):
        for work in self:
            counts = work.counters or []
            work.summary = ", ".join(f"{c['label']}: {c['count']}" for c in counts)

    @api.model
    @api.private
    def track(
        self, name, total=0, *, labels=None, record=None, users=None, cancellable=True
    ):
        """Show how a long piece of work gets on, while it runs, to the user who runs
        it::

            with self.env["amanat.realtime.progress"].track("Import", 1000) as step:
                for row in rows:
                    ...
                    step(updated=1)

        :param str name: of the work, for people
        :param int total: how many items there are; 0 if nobody knows
        :param dict labels: words for counters, ``{key: words}``
        :param BaseModel record: what the work is about; shown where it is open
        :param BaseModel users: who else sees it
        :param bool cancellable: whether a person may stop it
        :rtype: Step
        :raise ValueError: if there is no name, or no number of items
        """
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"A work needs a name, not {name!r}")
        if not isinstance(total or 0, int) or (total or 0) < 0:
            raise ValueError(f"The total must be a number of items, not {total!r}")
        if record:
            record.ensure_one()
        users = (users or self.env["res.users"]).sudo() - self.env.user
        values = {
            "name": name,
            "user_id": self.env.uid,
            "watcher_ids": [fields.Command.set(users.ids)],
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "cancellable": cancellable,
        }
        channels = {
            user.id: personal_channel(user)
            for user in self.env.user.sudo() + users
            if user.active and user._is_internal()
        }
        ledger = Ledger(self.env.registry, values, channels)
        texts = Texts(self.env, name, labels or {})
        return Step(self.env.cr, ledger, texts, total or 0)

    @api.model
    def current(self, ids=None):
        """Return the works that the user runs, or that are shown to them: those that
        run or have just ended, or certain ones.

        :param list[int] ids:
        :return: see ``progress/state.py``
        :rtype: list[dict]
        """
        limit = None
        if ids is None:
            limit = _MAX_SHOWN
            recently = fields.Datetime.now() - _RECENT
            domain = Domain("state", "=", "running") | Domain("seen_at", ">", recently)
            domain &= Domain("user_id", "=", self.env.uid) | Domain(
                "watcher_ids", "in", self.env.uid
            )
        else:
            domain = Domain("id", "in", ids)
        works = self.search(domain, limit=limit)
        # others may not read who else watches
        return [told_to(self.env, state_of(work)) for work in works.sudo()]

    def cancel(self):
        """Ask works to stop. They do at their next message, or not if they end before.

        :return: how far they are
        :rtype: list[dict]
        :raise AccessError: if the user neither runs them nor is a manager
        """
        self.check_access("read")
        is_manager = self.env.user.has_group(MANAGER)
        for work in self.sudo():
            if not is_manager and work.user_id != self.env.user:
                text = self.env._("Only who runs “%s” may cancel it.", work.name)
                raise AccessError(text)
        run_outside(self.env.registry, self.browse(self.ids)._request_cancel)
        self.invalidate_recordset()
        return self.current(self.ids)

    def _request_cancel(self, env):
        works = self.with_env(env).exists()
        for work in works.filtered("cancellable"):
            values = {"cancel_requested": True}
            if is_stopped(work):
                # nobody is there any more to hear it
                values["state"] = "cancelled"
            work.write(values)

    @api.autovacuum
    def _gc_progress(self):
        self.search([("seen_at", "<", fields.Datetime.now() - _KEPT)]).unlink()
