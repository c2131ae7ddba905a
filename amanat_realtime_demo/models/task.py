from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

APPROVER = "amanat_realtime_demo.group_task_approver"
# who may ask for work must not be able to write down that it was allowed
UNDECIDED = {
    "state": "pending",
    "approver_id": False,
    "decided_at": False,
    "subtask_ids": [],
}
DECISION = {*UNDECIDED, "user_id"}


class AmanatTask(models.Model):
    """Work that somebody asks for, that an approver decides about, and that is done
    step by step.
    """

    _name = "amanat.task"
    _inherit = ["amanat.base.model"]
    _description = "Task"
    _order = "id desc"

    name = fields.Char("Subject", required=True)
    description = fields.Text()
    partner_id = fields.Many2one("res.partner", string="Customer", index=True)
    template_id = fields.Many2one(
        "amanat.task.template",
        string="Steps",
        required=True,
        default=lambda self: self.env["amanat.task.template"].search([], limit=1),
        help="The subtasks that approval creates.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Requested by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        index=True,
    )
    approver_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False
    )
    decided_at = fields.Datetime("Decided on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("pending", "Waiting for approval"),
            ("approved", "In progress"),
            ("done", "Done"),
            ("refused", "Refused"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="pending",
        copy=False,
        index=True,
        group_expand=True,
    )
    subtask_ids = fields.One2many(
        "amanat.task.subtask", "task_id", string="Subtasks", readonly=True
    )
    subtask_count = fields.Integer(compute="_compute_progress", store=True)
    done_count = fields.Integer(compute="_compute_progress", store=True)
    progress = fields.Float(
        compute="_compute_progress",
        store=True,
        aggregator="avg",
        help="Subtasks that are done, in percent.",
    )

    @api.depends("subtask_ids.done")
    def _compute_progress(self):
        for task in self:
            task.subtask_count = len(task.subtask_ids)
            task.done_count = len(task.subtask_ids.filtered("done"))
            task.progress = 100 * task.done_count / (task.subtask_count or 1)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # who asks for it is named by default, and may be named
            named = {"user_id"} if vals.get("user_id") == self.env.uid else set()
            self._check_decision(vals.keys() - named)
            # a default in the context would be a value as well
            for name, value in UNDECIDED.items():
                vals.setdefault(name, value)
            vals.setdefault("user_id", self.env.uid)
        tasks = super().create(vals_list)
        tasks._tell_approvers()
        return tasks

    def write(self, vals):
        self._check_decision(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_not_approved(self):
        for task in self:
            if task.state in ("approved", "done"):
                raise UserError(
                    self.env._("%s was approved and cannot be deleted.", task.name)
                )

    def _check_decision(self, names):
        """Refuse on any route what only the buttons may write.

        :param Iterable[str] names: fields that are to be written
        :raise AccessError:
        """
        if not self.env.su and DECISION.intersection(names):
            raise AccessError(
                self.env._("A task is decided with its buttons, by an approver.")
            )

    def action_approve(self):
        """Let the work begin: its subtasks are created."""
        for task in self._decide("approved"):
            task.subtask_ids = [
                fields.Command.create(
                    {
                        "name": line.name,
                        "sequence": line.sequence,
                        "user_id": task.user_id.id,
                    }
                )
                for line in task.template_id.line_ids.sorted()
            ]
            task._close_when_done()

    def action_refuse(self):
        self._decide("refused")

    def _decide(self, state):
        """Write a decision down. Of two approvers, the second one is told.

        :return: the tasks, with the rights to go on
        :raise AccessError: for everybody but approvers
        :raise UserError: if somebody was faster
        """
        if not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("Only approvers decide about tasks."))
        self.check_access("read")
        tasks = self.sudo()
        for task in tasks:
            if task.state != "pending":
                raise UserError(
                    self.env._(
                        "%(task)s was decided by %(approver)s already.",
                        task=task.name,
                        approver=task.approver_id.name,
                    )
                )
        tasks.write(
            {
                "state": state,
                "approver_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        return tasks

    def _close_when_done(self):
        for task in self.sudo():
            if task.state == "approved" and task.done_count == task.subtask_count:
                task.state = "done"

    def _tell_approvers(self):
        approvers = self.env.ref(APPROVER, raise_if_not_found=False)
        if approvers:
            approvers.sudo()._send_realtime_notification(
                "task_requested",
                self._name,
                [{"id": task.id, "name": task.name} for task in self],
                ["name"],
            )
