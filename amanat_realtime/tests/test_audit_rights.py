"""Promise: nobody writes the audit, and who reads it learns of nothing that they may
not read in the records themselves: no row, no count, no name.
"""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_common import LINE, MANAGER, MODEL, AuditCase

PREFIX = "amanat_realtime.amanat_test_realtime_rule"


@tagged("post_install", "-at_install")
class TestAuditRights(AuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audit(LINE)
        cls.manager = cls.new_user("rt_manager", MANAGER)
        cls.admin = cls.new_user("rt_admin", "base.group_system")
        cls.person = cls.new_user("rt_person")
        cls.env["amanat.activity"].search([]).unlink()
        # a manager who sees their own records only
        cls.env.ref(f"{PREFIX}_manager").domain_force = "[('user_id', '=', user.id)]"
        cls.own, cls.other = cls.env[MODEL].create(
            [
                {"name": "Own", "user_id": cls.manager.id},
                {"name": "Other", "user_id": cls.env.uid},
            ]
        )

    def setUp(self):
        super().setUp()
        (self.own + self.other).quantity = 5
        (self.own + self.other).secret_note = "classified"
        self.end_transaction()

    def rows(self, user=None, domain=()):
        rows = self.env["amanat.activity"].with_user(user or self.manager)
        return rows.search(Domain(domain) & Domain("model", "=", MODEL))

    def seen(self, user=None, domain=()):
        return {
            (row.record_name, row.action, row.field) for row in self.rows(user, domain)
        }

    def test_read_only(self):
        row = self.rows().sudo()[:1]
        for user in (self.manager, self.admin, self.person):
            mine = row.with_user(user)
            with self.subTest(user.login), mute_logger("odoo.addons.base.models"):
                with self.assertRaises(AccessError):
                    mine.write({"record_name": "x"})
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({"model": MODEL, "res_id": 1, "action": "create"})
                with self.assertRaises(AccessError):
                    mine.copy()

    @mute_logger("odoo.addons.base.models")
    def test_for_managers_only(self):
        rows = self.env["amanat.activity"].with_user(self.person)
        with self.assertRaises(AccessError):
            rows.search([])
        with self.assertRaises(AccessError):
            rows.search_count([])
        with self.assertRaises(AccessError):
            rows.formatted_read_group([], ["field_id"], ["__count"])
        with self.assertRaises(AccessError):
            rows.browse(self.rows().ids).read(["record_name"])
        with self.assertRaises(AccessError):
            rows.browse(self.rows()[0].id).action_open()
        menu = self.env.ref("amanat_realtime.menu_activity")
        menus = self.env["ir.ui.menu"]
        self.assertNotIn(menu.id, menus.with_user(self.person)._visible_menu_ids())
        self.assertIn(menu.id, menus.with_user(self.manager)._visible_menu_ids())

    def test_record_rules(self):
        self.assertEqual(
            self.seen(),
            {("Own", "create", False), ("Own", "update", "quantity")},
        )

    def test_field_groups(self):
        self.env.ref(f"{PREFIX}_manager").domain_force = "[(1, '=', 1)]"
        self.assertIn(("Other", "update", "quantity"), self.seen())
        self.assertNotIn("secret_note", {field for _n, _a, field in self.seen()})
        self.assertIn(("Other", "update", "secret_note"), self.seen(self.admin))
        row = self.rows(self.admin, [("field", "=", "secret_note")])[0]
        self.assertEqual(row.new_value, "classified")

    def test_model_access(self):
        self.env.ref("amanat_realtime.access_amanat_test_realtime_user").unlink()
        self.assertEqual(self.seen(), set())

    def test_counts_and_groups(self):
        rows = self.env["amanat.activity"].with_user(self.manager)
        mine = [("model", "=", MODEL)]
        self.assertEqual(rows.search_count(mine), 2)
        [total] = rows.formatted_read_group(mine, [], ["__count", "difference:sum"])
        self.assertEqual((total["__count"], total["difference:sum"]), (2, 5.0))
        groups = rows.formatted_read_group(mine, ["record_name"], ["__count"])
        self.assertEqual(
            [(g["record_name"], g["__count"]) for g in groups], [("Own", 2)]
        )
        web = rows.web_read_group(mine, ["user_id", "field_id"], ["difference:sum"])
        self.assertEqual(sum(group["__count"] for group in web["groups"]), 2)
        sets = rows.formatted_read_grouping_sets(mine, [["field_id"], []], ["__count"])
        self.assertEqual(sets[1][0]["__count"], 2)

    def test_names(self):
        rows = self.env["amanat.activity"].with_user(self.manager)
        self.assertTrue(rows.name_search("Own"))
        self.assertFalse(rows.name_search("Other"))
        hidden = self.rows(self.env.ref("base.user_root")) - self.rows().sudo()
        self.assertTrue(hidden)
        with self.assertRaises(AccessError):
            hidden.with_user(self.manager).mapped("display_name")

    def test_reading_by_id(self):
        hidden = self.env["amanat.activity"].search([("record_name", "=", "Other")])
        hidden.mapped("record_name")
        mine = hidden.with_user(self.manager)
        for name in ("record_name", "old_value", "new_value", "new_json"):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            mine.web_read({"new_value": {}})
        self.env.invalidate_all()
        self.assertEqual(mine.mapped("new_value"), [False] * len(mine))
        with self.assertRaises(AccessError):
            mine[0].action_open()

    def test_kept_values_are_closed(self):
        mine = self.rows()
        for name in ("old_raw", "new_raw", "old_text", "new_text", "rights"):
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    mine.read([name])
                with self.assertRaises(AccessError):
                    mine.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    mine.search([], order=name)
                with self.assertRaises(AccessError):
                    mine._read_group(
                        [], [name] if "raw" not in name else [], [f"{name}:max"]
                    )
        self.assertNotIn("old_raw", mine.fields_get())

    def test_search_by_value(self):
        found = [("new_value", "ilike", "classif")]
        self.assertFalse(self.rows(self.manager, found))
        self.env.ref(f"{PREFIX}_manager").domain_force = "[(1, '=', 1)]"
        self.assertFalse(self.rows(self.manager, found))
        fields = self.rows(self.admin, found).mapped("field")
        self.assertEqual(fields, ["secret_note"] * 2)
        self.assertEqual(
            {row.field for row in self.rows(self.manager, [("new_value", "=", "5")])},
            {"quantity"},
        )

    def test_export(self):
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        names = ["record_name", "field_label", "old_value", "new_value"]
        exported = self.rows().export_data(names)["datas"]
        self.assertIn(["Own", "Quantity", "0", "5"], exported)
        self.assertEqual(len(exported), 2)
        hidden = self.env["amanat.activity"].search([("record_name", "=", "Other")])
        with self.assertRaises(AccessError):
            hidden.with_user(self.manager).export_data(names)
        self.manager.group_ids -= self.env.ref("base.group_allow_export")

    def test_rights_are_those_of_now(self):
        self.other.user_id = self.manager
        self.end_transaction()
        self.assertIn(("Other", "update", "quantity"), self.seen())
        self.other.user_id = self.env.user
        self.end_transaction()
        self.assertNotIn(("Other", "update", "quantity"), self.seen())

    def test_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.own.company_id = company
        self.end_transaction()
        self.assertEqual(self.seen(), set())

    def test_deleted(self):
        """Judged by what rules looked at when it was deleted."""
        self.own.line_ids = [Command.create({"name": "L"})]
        self.end_transaction()
        (self.own + self.other).unlink()
        self.end_transaction()
        names = {name for name, _action, _field in self.seen()}
        self.assertEqual(names, {"Own"})
        self.assertIn(("Own", "delete", False), self.seen())
        self.assertIn(("Own", "update", "quantity"), self.seen())
        rows = self.env["amanat.activity"].with_user(self.manager)
        gone = [("model", "=", MODEL), ("action", "=", "delete")]
        self.assertEqual(rows.search_count(gone), 1)

    def test_deleted_while_rules_look_at_ids(self):
        id_rule = f"['|', ('user_id', '=', user.id), ('id', '=', {self.own.id})]"
        self.env.ref(f"{PREFIX}_manager").domain_force = id_rule
        self.own.unlink()
        self.end_transaction()
        self.assertEqual(self.seen(), set())

    def test_deleted_without_rules(self):
        self.env["ir.rule"].search([("model_id.model", "=", MODEL)]).unlink()
        (self.own + self.other).unlink()
        self.end_transaction()
        self.assertIn(("Other", "delete", False), self.seen())

    def test_deleted_without_a_trace(self):
        self.own.unlink()
        self.end_transaction().sudo().filtered(lambda r: r.action == "delete").unlink()
        self.assertEqual(self.seen(), set())

    def test_linked_record_that_may_not_be_read(self):
        partner = self.env["res.partner"].create({"name": "Hidden partner"})
        self.own.partner_id = partner
        self.end_transaction()
        link = [("field", "=", "partner_id")]
        self.assertEqual(self.rows(domain=link).new_value, "Hidden partner")
        self.env["ir.rule"].create(
            {
                "name": "hide",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {partner.id})]",
            }
        )
        self.env.invalidate_all()
        row = self.rows(domain=link)
        self.assertEqual(row.new_value, "Unavailable record")
        self.assertEqual(row.new_json["name"], "Unavailable record")
        self.assertFalse(self.rows(domain=[("new_value", "ilike", "Hidden")]))

    def test_model_that_is_gone(self):
        self.env.cr.execute("UPDATE amanat_activity SET model = 'no.such.model'")
        self.assertFalse(self.env["amanat.activity"].with_user(self.admin).search([]))

    def test_field_that_is_gone(self):
        self.env.cr.execute(
            "UPDATE amanat_activity SET field = 'no_such' WHERE field = 'quantity'"
        )
        self.assertEqual(self.seen(), {("Own", "create", False)})

    def test_open(self):
        row = self.rows(domain=[("field", "=", "quantity")])
        action = row.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), (MODEL, self.own.id))
        trail = row.action_trail()
        rows = self.env["amanat.activity"].with_user(self.manager)
        self.assertEqual(
            set(rows.search(trail["domain"]).mapped("record_name")), {"Own"}
        )
        self.own.unlink()
        self.end_transaction()
        row = self.rows(domain=[("field", "=", "quantity")])
        action = row.action_open()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("Own", action["params"]["message"])

    def test_views(self):
        rows = self.env["amanat.activity"].with_user(self.manager)
        for kind in ("list", "kanban", "form", "pivot", "graph", "search"):
            self.assertTrue(rows.get_view(view_type=kind)["arch"])
        filters = {
            "today": [("date", ">=", "today")],
            "week": [("date", ">=", "=monday")],
            "mine": [("user_id", "=", self.env.uid)],
        }
        for name, domain in filters.items():
            with self.subTest(name):
                self.assertEqual(len(self.rows(domain=domain)), 2)

    def test_number_of_queries_does_not_grow(self):
        def queries():
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.rows().mapped("new_value")
            return self.env.cr.sql_log_count - start

        queries()
        few = queries()
        records = self.env[MODEL].create(
            [{"name": str(n), "user_id": self.manager.id} for n in range(50)]
        )
        self.end_transaction()
        records.quantity = 7
        self.end_transaction()
        self.assertLessEqual(queries(), few + 1)
