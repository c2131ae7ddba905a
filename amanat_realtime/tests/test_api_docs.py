"""Promise: the examples in docs/api.md work as they are written there."""

import re
import unittest
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.amanat_realtime.recording.addressed import personal_channel

from .test_progress import MODEL, ProgressCase

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```python\n(.*?)```", re.DOTALL)
_LIVE = "amanat.test.realtime"


@unittest.skipUnless(PAGE.exists(), "the addon was installed without its docs")
@tagged("post_install", "-at_install")
class TestApiDocs(ProgressCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.examples = dict(_EXAMPLE.findall(PAGE.read_text()))
        cls.record = cls.env[_LIVE].create({"name": "Example"})

    def setUp(self):
        super().setUp()
        self.watch()
        self.commit()
        self.last = self.bus_position()

    def run_example(self, name, **values):
        env = self.env(user=self.manager, su=False)
        code = compile(self.examples[name], f"{PAGE.name}: {name}", "exec")
        # what is executed is a page of ours
        exec(  # noqa: S102
            code, {"env": env, "record": self.record.with_env(env), **values}
        )
        self.env.flush_all()
        self.env.cr.precommit.run()

    def got(self, user, channel=None):
        bus = self.env["bus.bus"].with_user(user)
        found = bus._poll([channel or personal_channel(user)], self.last or -1)
        return [n["message"]["payload"] for n in found]

    def test_all_are_run(self):
        blocks = PAGE.read_text().count("```python")
        self.assertEqual(len(self.examples), blocks)
        for name in self.examples:
            self.assertTrue(hasattr(self, f"test_{name}"), name)

    def test_records(self):
        self.run_example("records")
        [payload] = self.got(self.other, self.channel())
        self.assertEqual(payload["ids"], self.record.ids)
        self.assertEqual(payload["fields"], ["state"])
        self.assertEqual(payload["extra"], {"level": 2})

    def test_sql(self):
        self.run_example("sql")
        [payload] = self.got(self.other, self.channel())
        update = {"ids": self.record.ids, "stale": ["quantity"]}
        self.assertEqual(payload["update"], [update])

    def test_user(self):
        self.run_example("user")
        [payload] = self.got(self.manager)
        records = [{"id": self.record.id, "message": "Custom update"}]
        self.assertEqual(payload["records"], records)
        self.assertEqual(self.got(self.other), [])

    def test_group(self):
        admin = self.new_user("rt_admin", "base.group_system")
        self.run_example("group")
        [payload] = self.got(admin)
        self.assertEqual(payload["records"], [{"message": "For administrators"}])
        self.assertEqual(self.got(self.other), [])

    def test_progress(self):
        self.run_example("progress", rows=[{"quantity": 1}, {"quantity": 2}])
        self.assertEqual(self.row().summary, "Updated: 2")
        self.assertEqual(self.row().state, "done")

    def test_summary(self):
        rows = [{"quantity": 4}, {"edited_by_hand": True}, {"quantity": 0}]
        self.run_example("summary", rows=rows, colleagues=self.watcher)
        page = " ".join(PAGE.read_text().split())
        self.assertIn(f'told: "{self.row().summary}"', page)
        self.assertEqual(self.row().state, "warning")
        self.assertEqual(self.got(self.watcher)[-1]["state"], "warning")

    def test_cancel(self):
        def rows():
            yield {"quantity": 1}
            self.env[MODEL].sudo().search([]).cancel()
            self.clock.now += 1
            yield {"quantity": 2}
            yield {"quantity": 3}

        class Rows:
            __iter__ = staticmethod(rows)
            __len__ = staticmethod(lambda: 3)

        self.run_example("cancel", rows=Rows())
        self.assertEqual(self.row().state, "cancelled")
        self.assertEqual(self.record.description, "Stopped after 2")

    def test_action(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Import",
                "model_id": self.env["ir.model"]._get_id(_LIVE),
                "state": "code",
                "code": self.examples["action"],
            }
        )
        active = {"active_model": _LIVE, "active_id": self.record.id}
        action.with_context(**active).run()
        self.assertEqual(self.row().state, "done")
        self.assertEqual(self.record.quantity, 1)
