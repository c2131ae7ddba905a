"""Promise: whoever may not see a test record (rights, own records only, company)
reaches neither the record nor its lines, and what is computed stays right."""

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTestModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.branch = cls.env["res.company"].create({"name": "Branch"})
        cls.user = new_test_user(cls.env, "rt_user", "base.group_user")
        cls.limited = new_test_user(
            cls.env, "rt_limited", "amanat_realtime.group_realtime_limited"
        )
        cls.both = new_test_user(
            cls.env,
            "rt_both",
            "amanat_realtime.group_realtime_limited,"
            "amanat_realtime.group_realtime_manager",
        )
        cls.portal = new_test_user(cls.env, "rt_portal", "base.group_portal")
        cls.system = new_test_user(cls.env, "rt_system", "base.group_system")
        cls.record = cls._create("Of the user", cls.user)
        cls.own = cls._create("Of the limited user", cls.limited)
        cls.records = cls.record + cls.own

    @classmethod
    def _create(cls, name, user, **values):
        return cls.env["amanat.test.realtime"].create(
            {
                "name": name,
                "user_id": user.id,
                "line_ids": [
                    Command.create({"name": "Two", "quantity": 2, "price": 3.5}),
                    Command.create({"name": "One", "quantity": 1, "price": 10}),
                ],
                **values,
            }
        )

    def _visible(self, user, records, **context):
        """What ``user`` finds of ``records`` by a search."""
        model = records.with_user(user).with_context(**context)
        return model.search([("id", "in", records.ids)]).ids

    def test_defaults(self):
        record = (
            self.env["amanat.test.realtime"]
            .with_user(self.user)
            .create({"name": "Fresh"})
        )
        self.assertEqual(record.state, "draft")
        self.assertEqual(record.user_id, self.user)
        self.assertEqual(record.company_id, self.company)
        self.assertEqual(record.currency_id, self.company.currency_id)
        self.assertTrue(record.active)

    def test_totals_follow_the_lines(self):
        self.assertEqual(self.record.line_ids.mapped("subtotal"), [7, 10])
        self.assertEqual(self.record.total, 17)
        self.record.line_ids[0].quantity = 4
        self.assertEqual(self.record.total, 24)
        self.record.line_ids[1].unlink()
        self.assertEqual(self.record.total, 14)
        self.record.line_ids.unlink()
        self.assertEqual(self.record.total, 0)

    def test_lines_are_deleted_with_their_record(self):
        lines = self.record.line_ids
        self.record.unlink()
        self.assertFalse(lines.exists())

    def test_form(self):
        with Form(self.env["amanat.test.realtime"].with_user(self.user)) as form:
            form.name = "By the form"
            with form.line_ids.new() as line:
                line.name = "Line"
                line.quantity = 3
                line.price = 2.5
            self.assertEqual(form.total, 7.5)
        self.assertEqual(form.record.total, 7.5)

    def test_buttons(self):
        record = self.record.with_user(self.user)
        for method, state in [
            ("action_start", "in_progress"),
            ("action_done", "done"),
            ("action_draft", "draft"),
            ("action_cancel", "cancelled"),
        ]:
            getattr(record, method)()
            self.assertEqual(record.state, state)

    def test_kanban_shows_every_state(self):
        groups = (
            self.env["amanat.test.realtime"]
            .with_context(read_group_expand=True)
            .web_read_group([("id", "=", self.record.id)], ["state"])["groups"]
        )
        self.assertEqual(
            [group["state"] for group in groups],
            ["draft", "in_progress", "done", "cancelled"],
        )

    def test_kanban_cards_can_be_dragged_to_another_state(self):
        arch = self.env["amanat.test.realtime"].get_view(view_type="kanban")["arch"]
        nodes = etree.fromstring(arch).xpath("//field[@name='state']")
        self.assertTrue(any(not node.get("readonly") for node in nodes))

    def test_internal_user_has_all_rights(self):
        self.assertEqual(self._visible(self.user, self.records), self.records.ids)
        self.own.with_user(self.user).write({"name": "Changed"})
        self.own.line_ids.with_user(self.user).write({"quantity": 1})
        self.own.with_user(self.user).unlink()

    def test_portal_user_has_no_rights(self):
        for model in (
            "amanat.test.realtime",
            "amanat.test.realtime.line",
            "amanat.test.realtime.tag",
        ):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(
                    self.env[model].with_user(self.portal).has_access(operation)
                )

    def test_limited_user_has_own_records_only(self):
        self.assertEqual(self._visible(self.limited, self.records), self.own.ids)
        self.own.with_user(self.limited).write({"name": "Mine"})
        record = self.record.with_user(self.limited)
        for operation in ("read", "write", "unlink"):
            self.assertFalse(record.has_access(operation), operation)
        with self.assertRaises(AccessError):
            record.write({"name": "Stolen"})
        with self.assertRaises(AccessError):
            record.unlink()

    def test_limited_user_hands_over_but_does_not_create_for_others(self):
        self.own.with_user(self.limited).write({"user_id": self.user.id})
        self.assertFalse(self.own.with_user(self.limited).has_access("read"))
        with self.assertRaises(AccessError):
            self.env["amanat.test.realtime"].with_user(self.limited).create(
                {"name": "For another", "user_id": self.user.id}
            )

    def test_lines_follow_their_record_for_the_limited_user(self):
        lines = self.records.line_ids
        self.assertEqual(self._visible(self.limited, lines), self.own.line_ids.ids)
        line = self.record.line_ids[0].with_user(self.limited)
        with self.assertRaises(AccessError):
            line.read(["name"])
        with self.assertRaises(AccessError):
            line.write({"quantity": 9})
        with self.assertRaises(AccessError):
            line.create({"name": "Smuggled in", "realtime_id": self.record.id})

    def test_record_that_is_handed_over_appears_and_disappears(self):
        self.records.write({"user_id": self.limited.id})
        self.assertEqual(self._visible(self.limited, self.records), self.records.ids)
        self.records.write({"user_id": self.user.id})
        self.assertFalse(self._visible(self.limited, self.records))
        self.assertFalse(self._visible(self.limited, self.records.line_ids))

    def test_manager_is_not_limited(self):
        self.assertEqual(self._visible(self.both, self.records), self.records.ids)
        lines = self.records.line_ids
        self.assertEqual(self._visible(self.both, lines), lines.ids)

    def test_administrators_are_managers(self):
        self.assertTrue(self.system.has_group("amanat_realtime.group_realtime_manager"))
        self.assertFalse(self.user.has_group("amanat_realtime.group_realtime_manager"))

    def test_companies(self):
        branch = self._create("Of the branch", self.user, company_id=self.branch.id)
        shared = self._create("Of all", self.user, company_id=False)
        records = self.record + branch + shared
        self.assertEqual(self._visible(self.user, records), (self.record + shared).ids)
        self.assertEqual(
            self._visible(self.user, records.line_ids),
            (self.record + shared).line_ids.ids,
        )
        with self.assertRaises(AccessError):
            branch.with_user(self.user).write({"name": "Changed"})
        with self.assertRaises(AccessError):
            branch.line_ids.with_user(self.user).read(["name"])

        self.user.company_ids += self.branch
        both = (self.company + self.branch).ids
        self.assertEqual(
            self._visible(self.user, records, allowed_company_ids=both), records.ids
        )
        self.assertEqual(
            self._visible(self.user, records, allowed_company_ids=self.branch.ids),
            (branch + shared).ids,
        )

    def test_company_rule_holds_for_the_manager(self):
        self.own.company_id = self.branch
        self.assertEqual(self._visible(self.both, self.records), self.record.ids)

    def test_secret_note_is_for_administrators(self):
        self.record.secret_note = "Secret"
        record = self.record.with_user(self.system)
        self.assertEqual(record.read(["secret_note"])[0]["secret_note"], "Secret")
        with self.assertRaises(AccessError):
            self.record.with_user(self.user).read(["secret_note"])
        with self.assertRaises(AccessError):
            self.record.with_user(self.user).write({"secret_note": "Mine"})
        self.assertNotIn("secret_note", self.record.with_user(self.user).fields_get())
