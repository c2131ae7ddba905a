"""Promise: the audit says of every kind of field what it held before and holds now, the
net effect of a transaction, as text and as JSON.
"""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.amanat_realtime.audit.naming import Names
from odoo.addons.amanat_realtime.audit.parted import companies, properties
from odoo.addons.amanat_realtime.audit.values import MAX_TEXT

from .audit_common import LINE, MODEL, TAG, AuditCase

PARTNER = "res.partner"


@tagged("post_install", "-at_install")
class TestAuditValues(AuditCase):
    def change(self, **values):
        self.record.write(values)
        return self.end_transaction()

    def only(self, **values):
        rows = self.change(**values)
        self.assertEqual(len(rows), 1, rows.mapped("field"))
        return rows

    def assertKept(self, row, old, new, old_text, new_text):
        kept = (row.old_raw, row.new_raw, row.old_text, row.new_text)
        self.assertEqual(kept, (old, new, old_text, new_text))

    def test_who_what_when(self):
        row = self.only(quantity=5)
        self.assertEqual(row.user_id, self.env.user)
        self.assertEqual(row.date, self.env.cr.now().replace(microsecond=0))
        self.assertEqual((row.model, row.res_id), (MODEL, self.record.id))
        self.assertEqual(row.model_id.model, MODEL)
        self.assertEqual(row.record_name, "One")
        self.assertEqual(row.action, "update")
        self.assertEqual((row.field, row.field_id.name), ("quantity", "quantity"))
        self.assertEqual(row.field_label, "Quantity")
        self.assertEqual(row.difference, 4)
        self.assertTrue(row.transaction)

    def test_numbers(self):
        self.assertKept(self.only(quantity=-3), 1, -3, "1", "-3")
        row = self.only(amount=1234.5)
        self.assertKept(row, 0.0, 1234.5, "0.00", "1234.50")
        self.assertEqual(row.difference, 1234.5)

    def test_boolean(self):
        self.assertKept(self.only(active=False), True, False, "Yes", "No")

    def test_char(self):
        row = self.only(name="Two")
        self.assertKept(row, "One", "Two", "One", "Two")
        self.assertEqual(row.record_name, "Two")

    def test_empty_text(self):
        self.assertKept(self.only(description="x"), False, "x", False, "x")
        self.assertKept(self.only(description=False), "x", False, "x", False)

    def test_long_text_is_cut(self):
        whole = "x" * MAX_TEXT
        self.assertEqual(self.only(description=whole).new_raw, whole)
        row = self.only(description=whole + "y")
        self.assertEqual(row.new_text, f"{whole}… [{MAX_TEXT + 1} characters]")
        self.assertEqual(row.new_raw["length"], MAX_TEXT + 1)
        self.assertEqual(self.only(description=whole + "z").old_raw, row.new_raw)

    def test_html(self):
        row = self.only(body="<p>Hello <b>you</b></p>")
        self.assertEqual(row.new_text, "Hello *you*")
        self.assertEqual(row.new_raw, "<p>Hello <b>you</b></p>")

    def test_markup_alone(self):
        self.change(body="<p>Hello</p>")
        row = self.only(body="<div>Hello</div>")
        self.assertKept(row, *(["<p>Hello</p>", "<div>Hello</div>"] * 2))

    def test_date(self):
        self.assertKept(
            self.only(date="2026-11-20"), False, "2026-11-20", False, "2026-11-20"
        )

    def test_selection(self):
        self.assertKept(
            self.only(state="in_progress"),
            "draft",
            "in_progress",
            "Draft",
            "In Progress",
        )

    def test_many2one(self):
        ann, bob = self.env[PARTNER].create([{"name": "Ann"}, {"name": "Bob"}])
        self.change(partner_id=ann.id)
        row = self.only(partner_id=bob.id)
        links = {"id": ann.id, "name": "Ann"}, {"id": bob.id, "name": "Bob"}
        self.assertKept(row, *links, "Ann", "Bob")

    def test_many2one_to_what_was_deleted_since(self):
        ann = self.env[PARTNER].create({"name": "Ann"})
        self.change(partner_id=ann.id)
        self.record.partner_id = False
        ann.unlink()
        self.assertEqual(self.end_transaction().old_raw["id"], ann.id)

    def test_many2many(self):
        red, blue = self.env[TAG].create([{"name": "Red"}, {"name": "Blue"}])
        row = self.only(tag_ids=[Command.link(red.id)])
        self.assertKept(row, False, [{"id": red.id, "name": "Red"}], False, "Red")
        row = self.only(tag_ids=[Command.set(blue.ids)])
        self.assertEqual((row.old_text, row.new_text), ("Red", "Blue"))

    def test_many2many_there_and_back(self):
        red = self.env[TAG].create({"name": "Red"})
        self.record.tag_ids = red
        self.record.tag_ids = False
        self.assertFalse(self.end_transaction())

    def test_one2many(self):
        rows = self.change(line_ids=[Command.create({"name": "L", "price": 2})])
        self.assertEqual(
            self.changes(rows),
            {"line_ids": (False, "L"), "total": ("0.00", "2.00")},
        )
        rows = self.change(line_ids=[Command.clear()])
        self.assertEqual(
            self.changes(rows),
            {"line_ids": ("L", False), "total": ("2.00", "0.00")},
        )

    def test_one2many_changed_from_the_lines(self):
        other = self.env[MODEL].create({"name": "Other"})
        line = self.env[LINE].create({"name": "L", "realtime_id": self.record.id})
        rows = self.end_transaction()
        self.assertEqual(self.changes(rows)["line_ids"], (False, "L"))
        line.realtime_id = other
        rows = self.end_transaction()
        moved = {row.res_id: (row.old_text, row.new_text) for row in rows}
        self.assertEqual(moved, {self.record.id: ("L", False), other.id: (False, "L")})
        line.unlink()
        rows = self.end_transaction()
        self.assertEqual(rows.res_id, other.id)
        self.assertEqual(self.changes(rows), {"line_ids": ("L", False)})

    def test_computed_field(self):
        line = self.env[LINE].create({"name": "L", "realtime_id": self.record.id})
        self.end_transaction()
        line.price = 7
        self.assertKept(self.end_transaction(), 0.0, 7.0, "0.00", "7.00")

    def test_properties(self):
        partner = self.env[PARTNER].create({"name": "Partner"})
        partner.properties_base_definition_id.sudo().properties_definition = [
            {"name": "a", "type": "char", "string": "Colour"},
            {"name": "b", "type": "char", "string": "Size"},
            {
                "name": "c",
                "type": "selection",
                "string": "Kind",
                "selection": [["k1", "First"], ["k2", "Second"]],
            },
            {"name": "d", "type": "char", "string": "API key"},
        ]
        old, new = properties(
            partner._fields["properties"],
            partner,
            {"a": "red", "b": "same", "d": "one"},
            {"a": "blue", "b": "same", "c": "k2", "d": "two"},
            Names(self.env, {}),
        )
        self.assertEqual(old, ({"a": "red"}, "Colour: red"))
        self.assertEqual(new, ({"a": "blue", "c": "k2"}, "Colour: blue\nKind: Second"))

    def test_company_dependent(self):
        self.assertEqual(
            list(companies({"1": "a", "2": "b"}, {"1": "a", "2": "c", "3": "d"})),
            [(2, "b", "c"), (3, None, "d")],
        )

    def test_as_a_reader_sees_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        manager = self.new_user("rt_manager", "amanat_realtime.group_realtime_manager")
        manager.lang = "fr_FR"
        self.change(active=False, date="2026-11-20", state="done", quantity=4)
        rows = self.env["amanat.activity"].with_user(manager)
        rows = rows.with_context(lang="fr_FR", active_test=False)
        rows = rows.search([("res_id", "=", self.record.id)])
        seen = {row.field: (row.old_value, row.new_value) for row in rows}
        self.assertEqual(seen["quantity"], ("1", "4"))
        self.assertEqual(seen["date"], (False, "20/11/2026"))
        # Odoo has its words in French, this addon has not
        self.assertEqual(seen["state"], ("Draft", "Done"))
        numbers = {row.field: (row.old_json, row.new_json) for row in rows}
        self.assertEqual(numbers["quantity"], (1, 4))


@tagged("post_install", "-at_install")
class TestAuditManualFields(AuditCase):
    """Kinds of fields that the test model has not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = {
            "x_file": {"ttype": "binary"},
            "x_time": {"ttype": "datetime"},
            "x_title": {"ttype": "char", "translate": "standard"},
            "x_own": {"ttype": "float", "company_dependent": True},
            "x_weight": {"ttype": "float"},
            "x_password": {"ttype": "char"},
        }
        cls.add(MODEL, **kinds)
        table = {"ttype": "many2many", "relation_table": "x_rt_rel"}
        here = {"column1": "one_id", "column2": "line_id", "relation": LINE}
        there = {"column1": "line_id", "column2": "one_id", "relation": MODEL}
        cls.add(MODEL, x_liked={**table, **here})
        cls.add(LINE, x_liked_by={**table, **there})
        cls.add(TAG, x_one_id={"ttype": "many2one", "relation": MODEL})
        own = {"ttype": "one2many", "relation": TAG, "relation_field": "x_one_id"}
        cls.add(MODEL, x_own_tags=own)
        cls.record = cls.env[MODEL].browse(cls.record.id)

    @classmethod
    def add(cls, model_name, **kinds):
        model_id = cls.env["ir.model"]._get_id(model_name)
        cls.env["ir.model.fields"].create(
            [
                {"name": name, "model_id": model_id, "field_description": name, **kind}
                for name, kind in kinds.items()
            ]
        )

    def change(self, **values):
        self.record.write(values)
        return self.end_transaction()

    def test_many2many_changed_from_the_other_side(self):
        liked = {"name": "L", "realtime_id": self.record.id}
        line = self.env[LINE].create(liked)
        self.end_transaction()
        line.x_liked_by = self.record
        row = self.end_transaction()
        self.assertEqual((row.res_id, row.field), (self.record.id, "x_liked"))
        self.assertEqual((row.old_text, row.new_text), (False, "L"))
        line.x_liked_by = False
        row = self.end_transaction()
        self.assertEqual((row.old_text, row.new_text), ("L", False))
        self.env[LINE].create({**liked, "name": "M", "x_liked_by": self.record.ids})
        rows = self.end_transaction()
        self.assertEqual(self.changes(rows)["x_liked"], (False, "M"))
        row = self.change(x_liked=[Command.link(line.id)])
        self.assertEqual((row.old_text, row.new_text), (False, "L"))

    def test_lines_of_a_model_that_is_not_live(self):
        row = self.change(x_own_tags=[Command.create({"name": "Red"})])
        self.assertEqual((row.old_text, row.new_text), (False, "Red"))
        red = self.record.x_own_tags
        row = self.change(x_own_tags=[Command.delete(red.id)])
        self.assertEqual((row.old_text, row.new_text), ("Red", False))
        self.assertEqual(row.old_raw, [{"id": red.id, "name": "Red"}])

    def test_file(self):
        row = self.change(x_file="aGVsbG8=")
        self.assertEqual((row.old_raw, row.new_raw), (0, 5))
        self.assertEqual((row.old_text, row.new_text), (False, "5.00 bytes"))
        row = self.change(x_file="d29ybGQ=")
        self.assertEqual((row.old_raw, row.new_raw), (5, 5), "other content, same size")
        self.assertFalse(self.change(x_file="d29ybGQ="))
        row = self.change(x_file=False)
        self.assertEqual((row.old_raw, row.new_raw), (5, 0))
        self.env.cr.execute(
            "SELECT count(*) FROM amanat_activity a WHERE a::text LIKE '%d29ybGQ%'"
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_datetime(self):
        row = self.change(x_time="2026-11-20 10:30:00")
        self.assertEqual(row.new_raw, "2026-11-20 10:30:00")
        self.assertEqual(row.new_text, "2026-11-20 10:30:00 UTC")
        shown = row.with_user(self.env.user).with_context(tz="Asia/Tokyo")
        self.assertRegex(shown.new_value, r"11/20/2026.*7:30:00")

    def test_float(self):
        row = self.change(x_weight=0.1 + 0.2)
        self.assertEqual(row.new_raw, 0.1 + 0.2)

    def test_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        row = self.change(x_title="Hello")
        self.assertEqual((row.old_text, row.new_text), (False, "Hello"))
        self.record.with_context(lang="fr_FR").x_title = "Bonjour"
        row = self.end_transaction()
        self.assertEqual(row.new_raw, {"fr_FR": "Bonjour"})
        self.assertEqual(row.new_text, "fr_FR: Bonjour")
        self.record.update_field_translations("x_title", {"fr_FR": "Salut"})
        row = self.end_transaction()
        self.assertEqual(row.old_text, "fr_FR: Bonjour")
        self.assertEqual(row.new_text, "fr_FR: Salut")

    def test_of_a_company(self):
        row = self.change(x_own=2.5)
        self.assertEqual(row.company_id, self.env.company)
        self.assertEqual((row.old_raw, row.new_raw), (0.0, 2.5))
        manager = self.new_user("rt_manager", "amanat_realtime.group_realtime_manager")
        rows = self.env["amanat.activity"].with_user(manager)
        own = [("field", "=", "x_own")]
        self.assertTrue(rows.search(own))
        other = self.env["res.company"].create({"name": "Other"})
        manager.write({"company_ids": other.ids, "company_id": other.id})
        self.change(company_id=False)
        self.assertFalse(rows.search(own))
        self.assertTrue(rows.search([("field", "=", "company_id")]))

    def test_password(self):
        row = self.change(x_password="hunter2")
        self.assertTrue(row.secret)
        self.env.cr.execute(
            "SELECT count(*) FROM amanat_activity a WHERE a::text LIKE '%hunter2%'"
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertEqual(row.new_value, "(not kept)")
