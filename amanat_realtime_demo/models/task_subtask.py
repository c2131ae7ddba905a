from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .task import APPROVER


class AmanatTaskSubtask(models.Model):
    """One step of a task. People have no right to write: its button is the only way."""

    _name = "amanat.task.subtask"
    _inherit = ["amanat.base.model"]
    _description = "Subtask"
    _order = "sequence, id"

    task_id = fields.Many2one(
        "amanat.task", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users", string="Assigned to", required=True, index=True
    )
    done = fields.Boolean()
    done_by_id = fields.Many2one("res.users", string="Done by")
    done_at = fields.Datetime("Done on")

    def action_done(self):
        """Complete the subtasks; the last one completes its task.

        :raise AccessError: for others than the person assigned and approvers
        :raise UserError: if it is done already, or its task is not in progress
        """
        self.check_access("read")
        if not self.env.user.has_group(APPROVER) and self.user_id != self.env.user:
            raise AccessError(self.env._("This subtask is assigned to somebody else."))
        subtasks = self.sudo()
        for subtask in subtasks:
            if subtask.done or subtask.task_id.state != "approved":
                raise UserError(
                    self.env._("%s is done, or no longer to be done.", subtask.name)
                )
        subtasks.write(
            {
                "done": True,
                "done_by_id": self.env.uid,
                "done_at": fields.Datetime.now(),
            }
        )
        # two last ones at the same time both write to the task, so that one is done
        # again and sees the other
        subtasks.task_id._close_when_done()
