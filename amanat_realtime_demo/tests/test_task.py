"""Promise: nobody but an approver decides about a task, by any route; its steps come
with the approval, and the last one completes it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

GROUP = "amanat_realtime_demo.group_task_"


@tagged("post_install", "-at_install")
class TestTask(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limited = new_test_user(cls.env, "task_limited", f"{GROUP}limited")
        cls.other = new_test_user(cls.env, "task_other", f"{GROUP}limited")
        cls.approver = new_test_user(cls.env, "task_approver", f"{GROUP}approver")
        cls.user = new_test_user(cls.env, "task_user", "base.group_user")
        cls.template = cls.env["amanat.task.template"].create(
            {
                "name": "Car",
                "line_ids": [
                    (0, 0, {"name": "Register vehicle", "sequence": 2}),
                    (0, 0, {"name": "Check customer data", "sequence": 1}),
                ],
            }
        )
        cls.task = cls._ask("A car")

    @classmethod
    def _ask(cls, name, **values):
        values = {"name": name, "template_id": cls.template.id, **values}
        return cls.env["amanat.task"].with_user(cls.limited).create(values)

    def _approve(self):
        self.task.with_user(self.approver).action_approve()
        return self.task.subtask_ids.with_user(self.limited)

    def test_new_task_waits(self):
        with Form(self.env["amanat.task"].with_user(self.limited)) as form:
            form.name = "Another car"
            form.template_id = self.template
        self.assertEqual(form.record.state, "pending")
        self.assertEqual(form.record.user_id, self.limited)
        self.assertFalse(form.record.subtask_ids)

    def test_approval_creates_the_steps(self):
        subtasks = self._approve()
        self.assertEqual(self.task.state, "approved")
        self.assertEqual(self.task.approver_id, self.approver)
        self.assertTrue(self.task.decided_at)
        self.assertEqual(
            subtasks.mapped("name"), ["Check customer data", "Register vehicle"]
        )
        self.assertEqual(subtasks.user_id, self.limited)
        self.assertEqual(self.task.progress, 0)

    def test_last_step_completes_the_task(self):
        first, second = self._approve()
        first.action_done()
        self.assertEqual((self.task.state, self.task.progress), ("approved", 50))
        second.action_done()
        self.assertEqual((self.task.state, self.task.progress), ("done", 100))
        self.assertEqual(second.done_by_id, self.limited)

    def test_step_is_done_once(self):
        first, _second = self._approve()
        first.action_done()
        with self.assertRaises(UserError):
            first.action_done()
        self.assertEqual(self.task.done_count, 1)

    def test_approver_may_help(self):
        subtasks = self._approve()
        subtasks.with_user(self.approver).action_done()
        self.assertEqual(self.task.state, "done")
        self.assertEqual(subtasks.done_by_id, self.approver)

    def test_task_without_steps_is_done_at_once(self):
        self.template.line_ids.unlink()
        self._approve()
        self.assertEqual(self.task.state, "done")

    def test_refused(self):
        self.task.with_user(self.approver).action_refuse()
        self.assertEqual(self.task.state, "refused")
        self.assertFalse(self.task.subtask_ids)

    def test_second_decision_is_told_of_the_first(self):
        self._approve()
        with self.assertRaisesRegex(UserError, "by task_approver"):
            self.task.with_user(self.approver).action_refuse()
        self.assertEqual(self.task.state, "approved")
        self.assertEqual(self.task.subtask_count, 2)

    def test_several_tasks_or_none(self):
        other = self._ask("Another car")
        self._approve()
        with self.assertRaises(UserError), self.cr.savepoint():
            (other + self.task).with_user(self.approver).action_approve()
        self.assertEqual(other.state, "pending")

    def test_limited_user_cannot_decide_by_any_route(self):
        task = self.task.with_user(self.limited)
        routes = {
            "button": task.action_approve,
            "refusal": task.action_refuse,
            "write": lambda: task.write({"state": "approved"}),
            "save": lambda: task.web_save({"state": "done"}, {"state": {}}),
            "approver": lambda: task.write({"approver_id": self.limited.id}),
            "steps": lambda: task.write({"subtask_ids": [(0, 0, {"name": "x"})]}),
            "created": lambda: self._ask("x", state="approved"),
            "created with steps": lambda: self._ask(
                "x", subtask_ids=[(0, 0, {"name": "x"})]
            ),
            "import": lambda: self._load(task),
            "a step of its own": lambda: (
                self.env["amanat.task.subtask"]
                .with_user(self.limited)
                .create({"task_id": task.id, "name": "x", "user_id": self.limited.id})
            ),
        }
        for name, route in routes.items():
            with self.subTest(name), self.assertRaises(AccessError):
                with self.cr.savepoint():
                    route()
            self.assertEqual(self.task.state, "pending", name)

    def test_default_in_the_context_decides_nothing(self):
        tasks = self.env["amanat.task"].with_user(self.limited)
        context = {"default_state": "approved", "default_user_id": self.other.id}
        task = tasks.with_context(**context).create(
            {"name": "x", "template_id": self.template.id}
        )
        self.assertEqual((task.state, task.user_id), ("pending", self.limited))

    def _load(self, task):
        result = task.load(["name", "state"], [["x", "approved"]])
        if not result["ids"]:
            raise AccessError(result["messages"][0]["message"])

    def test_limited_user_cannot_tick_a_step_by_writing(self):
        subtask, _other = self._approve()
        with self.assertRaises(AccessError):
            subtask.write({"done": True})
        with self.assertRaises(AccessError):
            subtask.task_id.write({"subtask_ids": [(1, subtask.id, {"done": True})]})
        self.assertFalse(subtask.done)

    def test_approved_task_is_fixed(self):
        self._approve()
        with self.assertRaises(AccessError):
            self.task.with_user(self.limited).write({"name": "Two cars"})
        with self.assertRaises(UserError):
            self.task.with_user(self.approver).unlink()

    def test_pending_task_is_the_askers(self):
        self.task.with_user(self.limited).write({"name": "A red car"})
        self.task.with_user(self.limited).unlink()
        self.assertFalse(self.task.exists())

    def test_nobody_asks_for_somebody_else(self):
        with self.assertRaises(AccessError):
            self._ask("x", user_id=self.other.id)
        with self.assertRaises(AccessError):
            self.task.with_user(self.approver).write({"user_id": self.approver.id})

    def test_others_see_nothing(self):
        subtask, _other = self._approve()
        for user in (self.other, self.user):
            self.assertFalse(self.task.with_user(user).has_access("read"), user.login)
            self.assertFalse(subtask.with_user(user).has_access("read"), user.login)
            with self.assertRaises(AccessError):
                subtask.with_user(user).action_done()
        self.assertTrue(self.task.with_user(self.approver).has_access("read"))

    def test_asker_does_not_do_what_is_assigned_to_another(self):
        subtask, _other = self._approve()
        subtask.sudo().user_id = self.other
        with self.assertRaises(AccessError):
            subtask.action_done()
        subtask.with_user(self.other).action_done()
        self.assertTrue(subtask.done)
