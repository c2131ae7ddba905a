"""Promise: a value of any type is taken for changed when somebody changed it, and only
then; whatever one type of field or another makes of it on its way to the browser.
"""

import base64
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.conflict.base import read_base
from odoo.addons.amanat_realtime.conflict.check import Checker
from odoo.addons.amanat_realtime.conflict.kinds import kind_of
from odoo.addons.amanat_realtime.conflict.kinds_text import normalized
from odoo.addons.amanat_realtime.conflict.values import (
    base_value,
    stored_value,
    written_value,
    written_values,
)


def file(content):
    return base64.b64encode(content).decode()


class CompareCase(TransactionCase):
    def check(self, record, name, base, mine):
        """Compare as a save does.

        :return: ``(whether it conflicts, the value to write)``
        """
        read = read_base(record, {str(record.id): {name: base}})
        checker = Checker(record, read)
        vals = checker.check(record, {name: mine})
        return bool(checker.conflicts), vals[name]

    def assertConflict(self, record, name, base, mine):
        self.assertTrue(self.check(record, name, base, mine)[0], (base, mine))

    def assertFine(self, record, name, base, mine):
        self.assertFalse(self.check(record, name, base, mine)[0], (base, mine))


@tagged("post_install", "-at_install")
class TestConflictCompare(CompareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Test = cls.env["amanat.test.realtime"]
        cls.record = Test.create({"name": "One", "quantity": 5})
        cls.partner = cls.env["res.partner"].create({"name": "Partner"})

    def assertCompares(self, record, name, stored, other, mine):
        """``stored``, ``other`` and ``mine`` are different values, in write format and
        in read format alike.
        """
        record[name] = stored
        self.assertFine(record, name, stored, mine)
        self.assertFine(record, name, other, stored)
        self.assertConflict(record, name, other, mine)

    def test_plain_types(self):
        partner = self.env["res.partner"].search([], limit=1)
        for name, values in {
            "name": ("There", "Before", "Mine"),
            "description": ("There", False, "Mine"),
            "quantity": (3, 1, 2),
            "amount": (3.5, 1.0, 2.0),
            "state": ("done", "draft", "cancelled"),
            "date": ("2026-01-03", "2026-01-01", "2026-01-02"),
            "partner_id": (partner.id, False, self.partner.id),
        }.items():
            with self.subTest(name):
                self.assertCompares(self.record, name, *values)

    def test_boolean(self):
        # two values: who changed the one they started from got what is there
        self.record.active = False
        self.assertFine(self.record, "active", False, True)
        self.assertFine(self.record, "active", True, False)
        self.assertConflict(self.record, "active", True, True)

    def test_no_text_is_an_empty_one(self):
        self.record.description = False
        self.assertFine(self.record, "description", "", "mine")
        self.record.description = ""
        self.assertFine(self.record, "description", False, "mine")
        self.assertConflict(self.record, "description", "before", "mine")

    def test_translated_text_in_the_language_of_the_context(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        country = self.env.ref("base.be")
        country.with_context(lang="fr_FR").name = "Belgique"
        french = country.with_context(lang="fr_FR")
        self.assertFine(french, "name", "Belgique", "mine")
        self.assertConflict(french, "name", "Belgium", "mine")
        self.assertFine(country, "name", "Belgium", "mine")

    def test_number_of_a_float_counts_to_its_digits(self):
        self.partner.partner_latitude = 1.2345678
        self.assertFine(self.partner, "partner_latitude", 1.23456784, 5.0)
        self.assertConflict(self.partner, "partner_latitude", 1.2345679, 5.0)
        self.assertFine(self.partner, "partner_latitude", 7.0, 1.23456784)

    def test_float_without_digits_is_exact(self):
        line = self.env["amanat.test.realtime.line"].create(
            {"name": "Line", "realtime_id": self.record.id, "quantity": 0.1}
        )
        self.assertFine(line, "quantity", 0.1, 5.0)
        self.assertConflict(line, "quantity", 0.1 + 1e-12, 5.0)

    def test_money_counts_to_the_rounding_of_its_currency(self):
        self.record.amount = 10.01
        self.assertFine(self.record, "amount", 10.012, 5.0)
        self.assertConflict(self.record, "amount", 10.02, 5.0)
        coarse = self.env["res.currency"].create(
            {"name": "CRS", "symbol": "C", "rounding": 5.0}
        )
        self.record.write({"currency_id": coarse.id, "amount": 10})
        self.assertFine(self.record, "amount", 11, 50.0)
        self.assertConflict(self.record, "amount", 15, 50.0)

    def test_money_without_a_currency_is_exact(self):
        field = self.env["amanat.test.realtime"]._fields["amount"]
        kind, record = kind_of(field), self.env["amanat.test.realtime"].new()
        record.currency_id = False
        self.assertTrue(kind.same(field, record, 1.001, 1.001))
        self.assertFalse(kind.same(field, record, 1.001, 1.002))

    def test_date(self):
        self.record.date = "2026-01-03"
        self.assertFine(self.record, "date", date(2026, 1, 3), "2026-05-05")
        self.assertConflict(self.record, "date", date(2026, 1, 4), "2026-05-05")
        self.record.date = False
        self.assertFine(self.record, "date", False, "2026-05-05")

    def test_datetime_counts_to_what_is_known(self):
        cron = self.env["ir.cron"].search([], limit=1)
        cron.nextcall = datetime(2026, 1, 1, 10, 0, 0, 123456)
        mine = "2027-01-01 00:00:00"
        for base in (
            "2026-01-01 10:00:00",
            "2026-01-01 10:00:00.123456",
            datetime(2026, 1, 1, 10, 0, 0, 123456),
        ):
            self.assertFine(cron, "nextcall", base, mine)
        for base in (
            "2026-01-01 10:00:01",
            "2026-01-01 10:00:00.123457",
            "2026-01-01 10:00:00.0",
            datetime(2026, 1, 1, 10, 0, 0, 123457),
            "2026-01-01",
            False,
        ):
            self.assertConflict(cron, "nextcall", base, mine)
        self.assertFine(cron, "nextcall", False, "2026-01-01 10:00:00")

    def test_html_of_the_same_document_is_the_same(self):
        self.partner.comment = "<p>One<br>two</p>"
        self.assertFine(self.partner, "comment", "<p>One<br/>two</p>", "<p>mine</p>")
        self.assertConflict(self.partner, "comment", "<p>One</p>", "<p>mine</p>")
        # what a script is sanitized to
        dirty = "<p>One<br/>two<script>alert(1)</script></p>"
        self.assertFine(self.partner, "comment", "<p>before</p>", dirty)

    def test_empty_html_is_no_html(self):
        self.partner.comment = False
        self.assertFine(self.partner, "comment", "<p><br></p>", "<p>mine</p>")
        self.partner.comment = "<p><br></p>"
        self.assertFine(self.partner, "comment", False, "<p>mine</p>")
        self.assertConflict(self.partner, "comment", "<p>text</p>", "<p>mine</p>")

    def test_html_with_an_embedded_component_is_not_empty(self):
        component = '<div data-embedded="x"></div>'
        empty = '<p class="a" style="color: red" data-oe-version="2.0"><br></p>'
        self.assertEqual(normalized(empty), "")
        self.assertTrue(normalized(component))
        self.assertNotEqual(normalized(component), normalized('<div data-b="y"></div>'))

    def test_formats_of_a_many2one(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self.record.partner_id = self.partner
        id_ = self.partner.id
        for base in (id_, {"id": id_, "display_name": "X"}, [id_, "X"], {"id": id_}):
            self.assertFine(self.record, "partner_id", base, other.id)
        for base in (False, None, other.id, {"id": other.id}, [other.id, "Partner"]):
            self.assertConflict(self.record, "partner_id", base, False)

    def test_reference(self):
        menu = self.env["ir.ui.menu"].create({"name": "Menu"})
        actions = self.env["ir.actions.act_window"].search([], limit=3)
        there, before, mine = (f"{a._name},{a.id}" for a in actions)
        self.assertCompares(menu, "action", there, before, mine)
        read = {"id": {"id": actions[0].id, "model": actions._name}}
        self.assertFine(menu, "action", read, mine)
        self.assertConflict(menu, "action", False, mine)
        self.assertEqual(
            stored_value(menu, menu._fields["action"]),
            {**read, "display_name": actions[0].display_name},
        )

    def test_many2one_reference(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "A", "res_model": "res.partner", "res_id": self.partner.id}
        )
        id_ = self.partner.id
        self.assertFine(attachment, "res_id", id_, 7)
        self.assertFine(attachment, "res_id", {"id": id_, "display_name": "X"}, 7)
        self.assertConflict(attachment, "res_id", False, 7)
        self.assertConflict(attachment, "res_id", id_ + 1, 7)
        self.assertFine(attachment, "res_id", 0, id_)

    def test_reference_to_a_record_that_is_gone_is_nothing(self):
        # as web_read says, whatever the column holds
        action = self.env["ir.actions.server"].create(
            {
                "name": "A",
                "state": "code",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "resource_ref": f"res.partner,{self.partner.id}",
            }
        )
        attachment = self.env["ir.attachment"].create(
            {"name": "A", "res_model": "res.partner", "res_id": self.partner.id}
        )
        other = self.env["res.partner"].create({"name": "Other"})
        places = (
            (action, "resource_ref", f"res.partner,{other.id}"),
            (attachment, "res_id", other.id),
        )
        for record, name, mine in places:
            self.assertConflict(record, name, False, mine)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [self.partner.id])
        self.env.invalidate_all()
        for record, name, mine in places:
            with self.subTest(name):
                self.assertTrue(record[name])
                self.assertFine(record, name, False, mine)

    def test_many2one_reference_of_a_line_that_is_gone(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "A", "res_model": "res.partner", "res_id": self.partner.id}
        )
        vals = {"name": "Mine", "res_id": self.partner.id}
        named = {"id": self.partner.id, "display_name": "Partner"}
        self.assertEqual(
            written_values(attachment, vals), {"name": "Mine", "res_id": named}
        )
        attachment.unlink()
        # the model that the id is of went with it
        self.assertEqual(written_values(attachment, vals), vals)

    def test_many2many_counts_as_a_set(self):
        Tag = self.env["amanat.test.realtime.tag"]
        one, two, three = Tag.create([{"name": n} for n in ("rt1", "rt2", "rt3")])
        self.record.tag_ids = one | two
        check = (self.record, "tag_ids")
        link = [Command.link(three.id)]
        self.assertFine(*check, [two.id, one.id], link)
        self.assertFine(*check, [{"id": two.id}, {"id": one.id}], link)
        self.assertConflict(*check, [one.id], link)
        self.assertConflict(*check, [], link)
        # both did the same, each with other commands
        self.assertFine(*check, [one.id], [Command.link(two.id)])
        both = [one.id, two.id]
        self.assertFine(*check, [three.id], [Command.set(both)])
        self.assertFine(*check, [three.id], both)
        self.assertFine(
            *check, [*both, three.id], [Command.unlink(three.id), Command.link(one.id)]
        )
        # a tag that I create is in no other set; one that I rename changes none
        self.assertConflict(*check, [one.id], [Command.create({"name": "rt4"})])
        rename = Command.update(one.id, {"name": "x"})
        self.assertFine(*check, [one.id], [rename])
        self.assertFine(*check, [one.id], [])
        self.assertConflict(*check, [one.id], [rename, *link])
        self.assertConflict(*check, [one.id], [Command.clear()])
        self.record.tag_ids = False
        self.assertFine(*check, [one.id], [Command.clear()])

    def test_archived_records_of_a_many2many_count_neither_way(self):
        categories = self.env["res.partner.category"].create(
            [{"name": "rt1"}, {"name": "rt2"}]
        )
        self.partner.category_id = categories
        categories[1].active = False
        link = [Command.link(self.env["res.partner.category"].create({"name": "3"}).id)]
        self.assertFine(self.partner, "category_id", categories[0].ids, link)
        self.assertFine(self.partner, "category_id", categories.ids, link)
        self.assertConflict(self.partner, "category_id", categories[1].ids, link)

    def test_file_counts_by_its_size(self):
        attachment = self.env["ir.attachment"].create({"name": "A", "raw": b"x" * 2048})
        size = attachment.with_context(bin_size=True).datas
        size = size.decode() if isinstance(size, bytes) else size
        self.assertEqual(size, "2.00 Kb")
        self.assertFine(attachment, "datas", "2.00 Kb", file(b"mine"))
        self.assertConflict(attachment, "datas", "1.00 Kb", file(b"mine"))
        self.assertConflict(attachment, "datas", False, file(b"mine"))
        # the content decides where it is known
        self.assertFine(attachment, "datas", False, file(b"x" * 2048))
        self.assertConflict(attachment, "datas", False, file(b"y" * 2048))
        self.assertFine(attachment, "datas", file(b"x" * 2048), file(b"mine"))

    def test_content_of_files_is_not_told(self):
        attachment = self.env["ir.attachment"].create({"name": "A", "raw": b"secret"})
        field = attachment._fields["datas"]
        self.assertEqual(stored_value(attachment, field), "6.00 bytes")
        told = written_value(attachment, field, file(b"x" * 2048))
        self.assertEqual(told, "2.00 Kb")
        for nonsense in (5, [1], {"a": 1}):
            self.assertIs(written_value(attachment, field, nonsense), False)

    def test_company_dependent_value_of_the_current_company(self):
        company = self.env["res.company"].create({"name": "Second"})
        there = self.partner.with_company(company)
        self.partner.barcode, there.barcode = "here", "there"
        self.assertFine(self.partner, "barcode", "here", "mine")
        self.assertConflict(self.partner, "barcode", "there", "mine")
        self.assertFine(there, "barcode", "there", "mine")

    def test_inherited_value(self):
        user = self.env["res.users"].create({"login": "rt_inherit", "name": "There"})
        self.assertFine(user, "name", "There", "Mine")
        self.assertFine(user, "name", "Before", "There")
        self.assertConflict(user, "name", "Before", "Mine")

    def test_structure_counts_all_the_way_down(self):
        kind = kind_of(self.env["res.partner"]._fields["application_statistics"])
        one = kind.base(None, {"a": [1, {"b": (2, 3)}]})
        same = kind.base(None, {"a": [1, {"b": [2, 3]}]})
        other = kind.base(None, {"a": [1, {"b": [2, 4]}]})
        self.assertTrue(kind.same(None, None, one, same))
        self.assertFalse(kind.same(None, None, one, other))
        self.assertTrue(kind.same(None, None, kind.base(None, False), None))

    def test_nesting_without_end(self):
        lines = {}
        for _level in range(2000):
            lines = {"1": {"child_ids": lines}}
        with self.assertRaises(UserError):
            read_base(self.partner, {str(self.partner.id): {"child_ids": lines}})
        lines = {}
        for _level in range(5):
            lines = {"1": {"child_ids": lines}}
        self.assertTrue(
            read_base(self.partner, {str(self.partner.id): {"child_ids": lines}})
        )

    def test_base_is_told_with_the_names_that_were_sent(self):
        field = self.record._fields["partner_id"]
        sent = {"id": self.partner.id, "display_name": "As it was"}
        self.assertEqual(base_value(self.record, field, sent), sent)
        self.assertEqual(
            base_value(self.record, field, self.partner.id),
            {"id": self.partner.id, "display_name": "Partner"},
        )


@tagged("post_install", "-at_install")
class TestConflictProperties(CompareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Partner"})
        cls.definition = cls.partner.properties_base_definition_id.sudo()
        cls.define("a", "b", "c")
        cls.partner.properties = {"a": "a1", "b": "b1", "c": "c1"}

    @classmethod
    def define(cls, *names, **labels):
        cls.definition.properties_definition = [
            {"name": name, "type": "char", "string": labels.get(name, name)}
            for name in names
        ]

    def properties(self):
        [read] = self.partner.web_read({"properties": {}})
        return read["properties"]

    def save(self, base, **changes):
        """Save as a browser: the whole list.

        :return: ``(whether it conflicts, {name: value} afterwards)``
        """
        mine = [
            {**entry, "value": changes.get(entry["name"], entry.get("value"))}
            for entry in base
        ]
        conflicts, value = self.check(self.partner, "properties", base, mine)
        if not conflicts:
            self.partner.write({"properties": value})
        return conflicts, self.values()

    def values(self):
        return {entry["name"]: entry.get("value") for entry in self.properties()}

    def test_unchanged(self):
        base = self.properties()
        result = self.save(base, a="mine")
        self.assertEqual(result, (False, {"a": "mine", "b": "b1", "c": "c1"}))

    def test_what_others_did_to_another_property_stays(self):
        base = self.properties()
        self.partner.properties = {"a": "a1", "b": "theirs", "c": "c1"}
        result = self.save(base, a="mine")
        self.assertEqual(result, (False, {"a": "mine", "b": "theirs", "c": "c1"}))

    def test_both_changed_the_same_property(self):
        base = self.properties()
        self.partner.properties = {"a": "theirs", "b": "theirs", "c": "c1"}
        result = self.save(base, a="mine")
        self.assertEqual(result, (True, {"a": "theirs", "b": "theirs", "c": "c1"}))

    def test_both_changed_it_to_the_same_value(self):
        base = self.properties()
        self.partner.properties = {"a": "same", "b": "b1", "c": "c1"}
        self.assertFalse(self.save(base, a="same")[0])

    def test_merging_values_without_definitions(self):
        base = self.properties()
        self.partner.properties = {"a": "a1", "b": "theirs", "c": "c1"}
        mine = {"a": "mine", "b": "b1", "c": "c1"}
        conflicts, value = self.check(self.partner, "properties", base, mine)
        self.assertFalse(conflicts)
        self.assertEqual(value, {"a": "mine", "b": "theirs", "c": "c1"})

    def test_property_that_others_added_stays(self):
        base = self.properties()
        self.define("a", "b", "c", "d")
        self.partner.properties = {"a": "a1", "b": "b1", "c": "c1", "d": "new"}
        base[0]["definition_changed"] = True
        conflicts, values = self.save(base, a="mine")
        self.assertFalse(conflicts)
        self.assertEqual(values, {"a": "mine", "b": "b1", "c": "c1", "d": "new"})

    def test_property_that_others_removed_stays_away(self):
        base = self.properties()
        self.define("a", "b")
        base[0]["definition_changed"] = True
        conflicts, values = self.save(base, a="mine")
        self.assertFalse(conflicts)
        self.assertEqual(values, {"a": "mine", "b": "b1"})

    def test_changing_a_property_that_others_removed(self):
        base = self.properties()
        self.define("a", "b")
        self.assertTrue(self.save(base, c="mine")[0])

    def test_definition_that_others_changed_stays(self):
        base = self.properties()
        self.define("a", "b", "c", b="Theirs")
        base[0]["definition_changed"] = True
        conflicts, _values = self.save(base, a="mine")
        self.assertFalse(conflicts)
        labels = {entry["name"]: entry["string"] for entry in self.properties()}
        self.assertEqual(labels, {"a": "a", "b": "Theirs", "c": "c"})

    def test_relations_tags_and_html(self):
        self.definition.properties_definition = [
            {"name": "m", "type": "many2one", "comodel": "res.partner"},
            {"name": "n", "type": "many2many", "comodel": "res.partner"},
            {"name": "t", "type": "tags", "tags": [["x", "X", 1], ["y", "Y", 2]]},
            {"name": "h_html", "type": "html"},
            {"name": "q", "type": "integer"},
        ]
        id_ = self.partner.id
        self.partner.properties = {
            "m": id_,
            "n": [id_],
            "t": ["x", "y"],
            "h_html": "<p>One<br></p>",
            "q": 0,
        }
        base = self.properties()
        self.assertFalse(self.save(base, q=1)[0])
        base = self.properties()
        base[2]["value"] = ["y", "x"]
        base[3]["value"] = "<p>One<br/></p>"
        self.partner.properties = {**self.partner.properties._values, "m": False}
        conflicts, values = self.save(base, n=[], q=2)
        self.assertFalse(conflicts)
        self.assertEqual((values["m"], values["n"], values["q"]), (False, [], 2))
        self.assertTrue(self.save(base, m=self.env.user.partner_id.id)[0])
