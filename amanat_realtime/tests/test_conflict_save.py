"""Promise: a save that says what it started from overwrites nobody's work, and says who
did what; one that does not say it is Odoo's own.
"""

from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.conflict.base import (
    BASE,
    KEYS,
    UNATTENDED,
    read_base,
)
from odoo.addons.amanat_realtime.conflict.check import Checker
from odoo.addons.amanat_realtime.conflict.references import names_of
from odoo.addons.amanat_realtime.conflict.unattended import split
from odoo.addons.amanat_realtime.drafts.jsonable import jsonable
from odoo.addons.amanat_realtime.exceptions import RealtimeConflictError
from odoo.addons.amanat_realtime.models import base_model_save
from odoo.addons.web.models.models import Base

from .conflict_common import ConflictCase

LIMITED = "amanat_realtime.group_realtime_limited"


@tagged("post_install", "-at_install")
class TestConflictSave(ConflictCase):
    def test_nobody_changed_it(self):
        result = self.save({"quantity": 2}, {"quantity": 1}, spec={"quantity": {}})
        self.assertEqual(result, [{"id": self.record.id, "quantity": 2}])

    def test_somebody_changed_it(self):
        self.change(quantity=22)
        [conflict] = self.conflicts_of({"quantity": 11, "name": "x"}, {"quantity": 1})
        self.assertRegex(conflict.pop("at"), r"\A\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z\Z")
        self.assertEqual(
            conflict,
            {
                "id": self.record.id,
                "path": [],
                "field": "quantity",
                "label": "Quantity",
                "type": "integer",
                "base": 1,
                "mine": 11,
                "theirs": 22,
                "by": {"id": self.ben.id, "name": "Ben"},
            },
        )
        self.assertEqual((self.record.quantity, self.record.name), (22, "One"))

    def test_somebody_changed_it_to_the_same(self):
        self.change(quantity=11)
        self.save({"quantity": 11}, {"quantity": 1})
        self.assertEqual(self.record.quantity, 11)

    def test_other_fields_do_not_matter(self):
        self.change(name="Theirs")
        self.save({"quantity": 2}, {"quantity": 1, "name": "One"})
        self.assertEqual((self.record.quantity, self.record.name), (2, "Theirs"))

    def test_field_without_a_base_is_written(self):
        self.change(name="Theirs")
        self.save({"quantity": 2, "name": "Mine"}, {"quantity": 1})
        self.assertEqual(self.record.name, "Mine")

    def test_after_a_conflict_the_new_value_is_a_base(self):
        self.change(quantity=22)
        [conflict] = self.conflicts_of({"quantity": 11}, {"quantity": 1})
        self.save({"quantity": 11}, {"quantity": conflict["theirs"]})
        self.assertEqual(self.record.quantity, 11)

    def test_relations_are_told_with_names(self):
        partners = self.env["res.partner"].create(
            [{"name": "Before"}, {"name": "Theirs"}, {"name": "Mine"}]
        )
        tags = self.env["amanat.test.realtime.tag"].create(
            [{"name": "rt before"}, {"name": "rt theirs"}, {"name": "rt mine"}]
        )
        self.change(partner_id=partners[1].id, tag_ids=[Command.set(tags[1].ids)])
        vals = {
            "partner_id": partners[2].id,
            "tag_ids": [
                Command.link(tags[2].id),
                Command.create({"name": "rt new"}),
            ],
        }
        base = {"partner_id": partners[0].id, "tag_ids": [tags[0].id]}
        partner, tag = self.conflicts_of(vals, base)

        def named(record):
            return {"id": record.id, "display_name": record.display_name}

        self.assertEqual(partner["base"], named(partners[0]))
        self.assertEqual(partner["theirs"], named(partners[1]))
        self.assertEqual(partner["mine"], named(partners[2]))
        self.assertEqual(tag["base"], [named(tags[0])])
        self.assertEqual(tag["theirs"], [named(tags[1])])
        new = {"id": False, "display_name": "rt new"}
        self.assertEqual(tag["mine"], [named(tags[0]), named(tags[2]), new])

    def test_relation_that_they_cleared(self):
        before, mine = self.env["res.partner"].create([{"name": "B"}, {"name": "M"}])
        self.record.partner_id = before
        self.change(partner_id=False)
        [conflict] = self.conflicts_of(
            {"partner_id": mine.id}, {"partner_id": before.id}
        )
        self.assertIs(conflict["theirs"], False)

    def test_name_that_is_made_of_what_may_not_be_read(self):
        theirs, mine = self.env["res.partner"].create([{"name": "T"}, {"name": "M"}])
        self.change(partner_id=theirs.id)

        refusal = AccessError(self.id())

        def compute(partners):
            for partner in partners:
                if partner.id == mine.id and not partner.env.su:
                    raise refusal
                partner.display_name = "Told"

        self.patch(self.env.registry["res.partner"], "_compute_display_name", compute)
        self.env.invalidate_all()
        [conflict] = self.conflicts_of({"partner_id": mine.id}, {"partner_id": False})
        self.assertEqual(conflict["mine"], {"id": mine.id, "display_name": False})
        self.assertEqual(conflict["theirs"]["display_name"], "Told")
        names = names_of((theirs | mine).with_user(self.anna))
        self.assertEqual(names, {theirs.id: "Told", mine.id: None})

    def test_names_that_the_person_may_not_read(self):
        hidden, theirs = self.env["res.partner"].create(
            [{"name": "Hidden"}, {"name": "Theirs"}]
        )
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        self.change(partner_id=theirs.id)
        vals, base = {"partner_id": False}, {"partner_id": hidden.id}
        [conflict] = self.conflicts_of(vals, base)
        self.assertEqual(conflict["base"], {"id": hidden.id, "display_name": False})
        vals = {"partner_id": hidden.id}
        [conflict] = self.conflicts_of(vals, {"partner_id": False})
        self.assertEqual(conflict["mine"], {"id": hidden.id, "display_name": False})
        self.assertNotIn("Hidden", str(conflict))

    def test_message_is_for_people(self):
        self.change(state="done", description="<b>Theirs</b>", quantity=22)
        with self.assertRaises(UserError) as caught:
            self.save({"state": "cancelled"}, {"state": "draft"})
        text = str(caught.exception)
        for part in ("Ben", "“Status”", "Cancelled", "Done", "Nothing was saved"):
            self.assertIn(part, text)
        with self.assertRaises(UserError) as caught:
            self.save(
                {"description": "Mine", "quantity": 11},
                {"description": False, "quantity": 1},
            )
        text = str(caught.exception)
        self.assertTrue(text.startswith("2 values were changed"))
        for part in ("<b>Theirs</b>", "Mine", "22", "11"):
            self.assertIn(part, text)

    # who and when

    def test_author_is_who_changed_this_field(self):
        self.change(quantity=22)
        self.record.with_user(self.anna).name = "Later"
        self.commit()
        [conflict] = self.conflicts_of({"quantity": 11}, {"quantity": 1})
        self.assertEqual(conflict["by"]["name"], "Ben")

    def test_author_of_a_relation(self):
        tag = self.env["amanat.test.realtime.tag"].create({"name": "rt"})
        self.change(tag_ids=[Command.link(tag.id)])
        self.record.with_user(self.anna).name = "Later"
        self.commit()
        [conflict] = self.conflicts_of(
            {"tag_ids": [Command.create({"name": "rt2"})]}, {"tag_ids": []}
        )
        self.assertEqual(conflict["by"]["name"], "Ben")

    def test_author_without_messages_is_the_last_one(self):
        self.change(quantity=22)
        self.env.cr.execute("DELETE FROM bus_bus")
        [conflict] = self.conflicts_of({"quantity": 11}, {"quantity": 1})
        self.assertEqual(conflict["by"], {"id": self.ben.id, "name": "Ben"})
        written = self.record.write_date.isoformat(timespec="microseconds")
        self.assertEqual(conflict["at"], written + "Z")

    def test_author_that_is_gone(self):
        self.change(quantity=22)
        self.env.cr.execute("DELETE FROM bus_bus")
        self.env.cr.execute(
            "UPDATE amanat_test_realtime SET write_uid = NULL WHERE id = %s",
            [self.record.id],
        )
        with self.assertRaises(RealtimeConflictError) as caught:
            self.save({"quantity": 11}, {"quantity": 1})
        self.assertIsNone(caught.exception.conflicts[0]["by"])
        self.assertIn("Somebody changed", str(caught.exception))

    @mute_logger("odoo.addons.amanat_realtime.recording.guard")
    def test_author_cannot_be_found(self):
        self.change(quantity=22)
        self.env.cr.execute("UPDATE bus_bus SET message = '['")
        [conflict] = self.conflicts_of({"quantity": 11}, {"quantity": 1})
        self.assertEqual((conflict["by"], conflict["at"]), (None, None))

    # the keys in the context

    def test_without_keys_nothing_is_looked_at(self):
        self.change(quantity=22)
        with patch.object(base_model_save, "take_keys", side_effect=AssertionError):
            mine = self.mine()
            mine.web_save({"quantity": 11}, {})
            mine.web_save_multi([{"quantity": 12}], {})
            mine.web_resequence({}, "sequence", 3)
        self.assertEqual((self.record.quantity, self.record.sequence), (12, 3))

    def test_without_keys_it_costs_no_query(self):
        mine = self.mine()
        mine.web_save({"quantity": 5}, {"quantity": {}})
        self.env.flush_all()

        def count(save):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            save()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        ours = count(lambda: mine.web_save({"quantity": 6}, {"quantity": {}}))
        core = count(lambda: Base.web_save(mine, {"quantity": 7}, {"quantity": {}}))
        self.assertEqual(ours, core)

    def test_keys_go_no_further(self):
        seen = []
        cls = self.env.registry["amanat.test.realtime"]

        def spy(name):
            original = getattr(cls, name)

            def method(records, *args, **kwargs):
                seen.append((name, KEYS & records.env.context.keys()))
                self.assertEqual(records.env.context.get("kept"), 7)
                return original(records, *args, **kwargs)

            return patch.object(cls, name, method)

        base = {str(self.record.id): {"quantity": 1, "sequence": 10}}
        keys = {BASE: base, UNATTENDED: False, "kept": 7}
        mine = self.mine(**keys)
        with spy("write"), spy("web_read"), spy("create"):
            mine.web_save({"quantity": 1}, {"quantity": {}})
            mine.web_save_multi([{"quantity": 1}], {"quantity": {}})
            mine.web_resequence({"sequence": {}})
            self.mine(**{**keys, UNATTENDED: True}).web_save({"quantity": 1}, {})
            new = self.mine(self.record.browse(), **{**keys, BASE: {}})
            new.web_save({"name": "New"}, {"name": {}})
        self.assertEqual(
            {name for name, _keys in seen}, {"write", "web_read", "create"}
        )
        self.assertFalse([entry for entry in seen if entry[1]])

    def test_next_record_is_read(self):
        other = self.record.copy({"name": "Next"})
        result = self.save({"quantity": 2}, {"quantity": 1}, next_id=other.id)
        self.assertEqual(result, [{"id": other.id, "name": "Next"}])
        self.assertEqual(self.record.quantity, 2)

    def test_creating(self):
        new = self.mine(self.record.browse(), **{BASE: {}, UNATTENDED: True})
        [read] = new.web_save({"name": "New"}, {"name": {}})
        self.assertEqual(read["name"], "New")
        with self.assertRaises(UserError):
            new.with_context(**{BASE: {"1": {"name": "x"}}}).web_save({"name": "N"}, {})

    # several records

    def test_several_records_alike(self):
        other = self.record.copy({"name": "Other", "quantity": 1})
        both = self.record | other
        self.change(other, quantity=22)
        base = {str(record.id): {"quantity": 1} for record in both}
        [conflict] = self.conflicts_of({"quantity": 11}, base, record=both)
        self.assertEqual(conflict["id"], other.id)
        self.assertEqual(both.mapped("quantity"), [1, 22])
        base[str(other.id)] = {"quantity": 22}
        self.save({"quantity": 11}, base, record=both)
        self.assertEqual(both.mapped("quantity"), [11, 11])

    def test_several_records_with_own_values(self):
        other = self.record.copy({"name": "Other", "quantity": 5})
        both = self.record | other
        base = {str(self.record.id): {"quantity": 1}, str(other.id): {"quantity": 5}}
        mine = self.mine(both, **{BASE: base})
        self.change(quantity=2)
        self.change(other, quantity=6)
        vals_list = [{"quantity": 11}, {"quantity": 15}]
        with self.assertRaises(RealtimeConflictError) as caught:
            mine.web_save_multi(vals_list, {})
        told = [(c["id"], c["mine"], c["theirs"]) for c in caught.exception.conflicts]
        self.assertEqual(told, [(self.record.id, 11, 2), (other.id, 15, 6)])
        self.assertEqual(both.mapped("quantity"), [2, 6])
        base = {str(self.record.id): {"quantity": 2}, str(other.id): {"quantity": 6}}
        mine = self.mine(both, **{BASE: base})
        read = mine.web_save_multi(vals_list, {"quantity": {}})
        self.assertEqual([r["quantity"] for r in read], [11, 15])

    def test_several_records_without_a_value_for_each(self):
        mine = self.mine(**{BASE: {str(self.record.id): {"quantity": 1}}})
        with self.assertRaises(ValueError):
            mine.web_save_multi([], {})

    def test_what_merging_made_different_is_written_one_by_one(self):
        both = self.record | self.record.copy({"name": "Other"})
        vals_list = [{"quantity": 3, "name": "A"}, {"quantity": 3, "name": "B"}]
        self.assertEqual(both._realtime_write_own(vals_list), {"quantity": 3})
        self.assertEqual(both.mapped("name"), ["A", "B"])

    def test_conflict_of_a_closing_tab_becomes_a_draft(self):
        self.change(quantity=22)
        self.save_unattended({"quantity": 11}, {"quantity": 1})
        drafts = self.env["amanat.realtime.draft"].with_user(self.anna)
        [draft] = drafts.search([("res_id", "=", self.record.id)])
        self.assertEqual(
            (draft.model, draft.field, draft.mine, draft.base),
            (self.record._name, "quantity", 11, 1),
        )

    # the order of records

    def test_resequence(self):
        other = self.record.copy({"name": "Other", "sequence": 20})
        both = other | self.record
        base = {str(self.record.id): {"sequence": 10}, str(other.id): {"sequence": 20}}
        mine = self.mine(both, **{BASE: base})
        self.assertEqual(
            mine.web_resequence({"sequence": {}}, offset=5),
            [{"id": other.id, "sequence": 5}, {"id": self.record.id, "sequence": 6}],
        )

    def test_resequence_what_somebody_moved(self):
        other = self.record.copy({"name": "Other", "sequence": 20})
        both = other | self.record
        base = {str(self.record.id): {"sequence": 10}, str(other.id): {"sequence": 20}}
        self.change(sequence=15)
        mine = self.mine(both, **{BASE: base})
        with self.assertRaises(RealtimeConflictError) as caught:
            mine.web_resequence({"sequence": {}})
        [conflict] = caught.exception.conflicts
        self.assertEqual(
            [conflict[k] for k in ("id", "label", "base", "mine", "theirs")],
            [self.record.id, "Sequence", 10, 1, 15],
        )
        self.assertEqual(both.mapped("sequence"), [20, 15])
        # moved there by both
        self.assertTrue(mine.web_resequence({"sequence": {}}, offset=14))

    # rights

    def test_field_that_the_person_may_not_read(self):
        self.record.secret_note = "secret"
        for vals in ({"secret_note": "x"}, {"quantity": 2}):
            with self.assertRaises(AccessError) as caught:
                self.save(vals, {"secret_note": "guess", "quantity": 1})
            self.assertNotIsInstance(caught.exception, RealtimeConflictError)
        self.assertEqual((self.record.secret_note, self.record.quantity), ("secret", 1))

    def test_record_that_the_person_may_not_read(self):
        limited = self.new_user("rt_limited", LIMITED)
        self.record.user_id = self.ben
        base = {str(self.record.id): {"name": "guess"}}
        theirs = self.record.with_user(limited).with_context(**{BASE: base})
        with self.assertRaises(AccessError):
            theirs.web_save({"name": "x"}, {})
        with self.assertRaises(AccessError):
            theirs.with_context(**{UNATTENDED: True}).web_save({"name": "x"}, {})
        self.assertEqual(self.record.name, "One")

    def test_record_that_is_gone(self):
        record = self.record.copy({"name": "Gone", "quantity": 1})
        record.unlink()
        with self.assertRaises(MissingError):
            self.save({"quantity": 2}, {"quantity": 1}, record=record)

    # malformed input

    def assertMalformed(self, raw, method="web_save", args=({"quantity": 2}, {})):
        mine = self.mine(**{BASE: raw})
        with self.assertRaises(UserError) as caught:
            getattr(mine, method)(*args)
        self.assertNotIsInstance(caught.exception, RealtimeConflictError)
        self.assertEqual(self.record.quantity, 1)
        return str(caught.exception)

    def test_malformed_object(self):
        id_ = str(self.record.id)
        for raw in (
            [],
            [1],
            "text",
            7,
            1.5,
            True,
            False,
            {id_: None},
            {id_: []},
            {id_: "quantity"},
            {id_: {"nope": 1}},
            {id_: {"": 1}},
            {id_: {"__class__": 1}},
            {"x": {}},
            {"": {}},
            {"0": {}},
            {f"-{id_}": {}},
            {f" {id_}": {}},
            {f"{id_}\n": {}},
            {f"{id_}.0": {}},
            {"\u0667": {}},
            {"9" * 5000: {}},
            {True: {}},
            {str(self.record.id + 1): {}},
        ):
            with self.subTest(raw=str(raw)[:50]):
                self.assertMalformed(raw)
        multi = ([{"quantity": 2}], {})
        self.assertMalformed([], "web_save_multi", multi)
        self.assertMalformed([], "web_resequence", ({},))
        self.assertMalformed({id_: {"nope": 1}}, "web_save_multi", multi)
        self.assertMalformed({id_: {"nope": 1}}, "web_resequence", ({},))

    def test_malformed_values(self):
        hostile = [{}, {"a": []}, [[]], [{}], [[1, 2, 3]], {"id": {}}, {"id": "1"}]
        shapes = {
            "name": [1, True, *hostile],
            "description": [1.5, *hostile],
            "quantity": ["1", True, 1.5, float("nan"), float("inf"), 1e400, *hostile],
            "amount": ["1", True, float("nan"), float("-inf"), *hostile],
            "active": ["yes", 2, 1.0, *hostile],
            "state": [1, True, *hostile],
            "date": ["today", "2026-13-01", "2026-01-01T10", 7, True, *hostile],
            "create_date": ["now", "2026-01-01 25:00:00", "2026-01-01Z", 7, *hostile],
            "partner_id": ["1", True, 1.5, [1], [1, 2, 3], {"id": True}, {"id": []}],
            "tag_ids": [1, "1", True, {}, [True], ["1"], [[6, 0, []]], [None, 1.5]],
        }
        for name, values in shapes.items():
            for value in values:
                if name == "tag_ids" and value == {}:
                    value = {"1": {}}
                if name == "partner_id" and value in ({}, []):
                    continue
                with self.subTest(name, value=value):
                    raw = {str(self.record.id): {name: value}}
                    text = self.assertMalformed(raw)
                    label = self.record._fields[name].string
                    self.assertIn(label, text)

    def test_nesting_without_end(self):
        deep = []
        for _level in range(100_000):
            deep = [deep]
        self.assertMalformed({str(self.record.id): {"name": deep}})
        fields = {}
        for _level in range(500):
            fields = {"line_ids": {"1": {"realtime_id": 1, "line_ids": fields}}}
        self.assertMalformed({str(self.record.id): fields})
        # what would recurse when it is thrown away
        while deep:
            deep = deep.pop()

    def test_values_that_cannot_be_written(self):
        # unchanged: the error is Odoo's; changed: it is a conflict
        self.change(quantity=22, partner_id=self.ben.partner_id.id)
        for vals, base in (
            ({"quantity": "x"}, {"quantity": 1}),
            ({"quantity": [1]}, {"quantity": 1}),
            ({"partner_id": "x"}, {"partner_id": False}),
            ({"partner_id": {"a": 1}}, {"partner_id": False}),
        ):
            with self.subTest(vals=vals):
                self.conflicts_of(vals, base)

    HOSTILE = (
        *(None, True, 5, -1, 1.5, float("inf"), float("nan"), 10**400, "x", "\0"),
        *([], [[]], [1], ["x"], [{}], [None], {}, {"a": 1}, {"id": []}, {"id": {}}),
        *([[1, 2]], [[2, [1]]], [[1, {}, {}]], [[6, 0, 5]], [[4, 2**40]], [[[], {}]]),
        *([[0, 0, 7]], [[1, 1, 7]], [{"name": "x", "type": []}]),
    )

    @mute_logger("odoo.tools.mail.html_sanitize")
    def test_hostile_values_of_what_they_changed(self):
        partner, tag = self.ben.partner_id, {"name": "rt theirs"}
        theirs = {
            "name": "Theirs",
            "description": "Theirs",
            "body": "<p>Theirs</p>",
            "quantity": 22,
            "amount": 2.5,
            "date": "2026-01-01",
            "state": "done",
            "active": False,
            "partner_id": partner.id,
            "tag_ids": [Command.create(tag), Command.create({"name": "rt other"})],
        }
        self.change(**theirs)
        bases = {name: False for name in theirs} | {"active": True}
        for name, base in bases.items():
            for value in self.HOSTILE:
                if value in (None, [], {}) or (name, value) == ("active", True):
                    # it may be what is there, or change nothing
                    continue
                if name == "tag_ids" and str(value).startswith("[[1, "):
                    # it changes no links
                    continue
                with self.subTest(name, value=str(value)[:40]):
                    with self.assertRaises(UserError) as caught:
                        self.save({name: value}, {name: base})
                    self.assertEqual(caught.exception.conflicts[0]["field"], name)

    @mute_logger("odoo.sql_db", "odoo.tools.mail.html_sanitize")
    def test_hostile_values_of_what_nobody_changed(self):
        tag = self.env["amanat.test.realtime.tag"].create({"name": "rt"})
        self.record.tag_ids = tag
        bases = {
            name: self.record.web_read({name: {}})[0][name]
            for name in ("name", "body", "quantity", "amount", "date", "state")
        } | {
            "partner_id": False,
            "tag_ids": [{"id": tag.id, "name": "rt"}],
            "line_ids": {str(self.first.id): {"name": "First"}},
        }

        def outcome(save, *args):
            try:
                with self.env.cr.savepoint() as savepoint:
                    save(*args)
                    self.env.flush_all()
                    savepoint.rollback()
            except Exception as error:
                return type(error)
            return None

        for name, base in bases.items():
            for value in self.HOSTILE:
                with self.subTest(name, value=str(value)[:40]):
                    core = outcome(self.mine().web_save, {name: value}, {})
                    ours = outcome(self.save, {name: value}, {name: base})
                    self.assertEqual(ours, core)


@tagged("post_install", "-at_install")
class TestConflictUnattended(ConflictCase):
    def setUp(self):
        super().setUp()
        self.kept = []

        def keep(_drafts, record, mine, base):
            self.kept.append((record.id, jsonable(mine), jsonable(base)))

        drafts = self.env.registry["amanat.realtime.draft"]
        self.startPatcher(patch.object(drafts, "_keep", keep))

    def test_nothing_conflicts(self):
        read = self.save_unattended({"quantity": 2}, {"quantity": 1})
        self.assertEqual(read, [{"id": self.record.id, "name": "One"}])
        self.assertEqual((self.record.quantity, self.kept), (2, []))

    def test_the_rest_is_saved(self):
        self.change(quantity=22)
        read = self.save_unattended(
            {"quantity": 11, "name": "Mine"}, {"quantity": 1, "name": "One"}
        )
        self.assertEqual(read, [{"id": self.record.id, "name": "Mine"}])
        self.assertEqual(self.record.quantity, 22)
        self.assertEqual(
            self.kept, [(self.record.id, {"quantity": 11}, {"quantity": 1})]
        )

    def test_nothing_is_left_to_save(self):
        self.change(quantity=22)
        self.save_unattended({"quantity": 11}, {"quantity": 1})
        self.assertEqual(len(self.kept), 1)
        # who saved nothing is not the last author
        self.assertEqual(self.record.write_uid, self.ben)

    def test_commands_of_lines_in_conflict(self):
        self.change(self.first, name="Theirs")
        ours = Command.update(self.first.id, {"name": "Mine"})
        vals = {
            "line_ids": [
                ours,
                Command.update(self.second.id, {"name": "Saved"}),
                Command.create({"name": "New"}),
            ]
        }
        base = {
            str(self.first.id): {"name": "First"},
            str(self.second.id): {"name": "Second"},
        }
        self.save_unattended(vals, {"line_ids": base})
        self.assertEqual(
            self.record.line_ids.mapped("name"), ["Theirs", "Saved", "New"]
        )
        [(_id, mine, kept_base)] = self.kept
        self.assertEqual(mine, {"line_ids": [list(ours)]})
        self.assertEqual(
            kept_base, {"line_ids": {str(self.first.id): {"name": "First"}}}
        )

    def test_line_that_they_deleted(self):
        first_id = self.first.id
        self.change(line_ids=[Command.delete(first_id)])
        vals = {"name": "Mine", "line_ids": [Command.update(first_id, {"price": 1})]}
        self.save_unattended(vals, {"line_ids": {str(first_id): {"price": 10}}})
        self.assertEqual(self.record.name, "Mine")
        self.assertEqual(self.kept[0][1], {"line_ids": [[1, first_id, {"price": 1}]]})

    def test_record_that_is_gone(self):
        record = self.record.copy({"name": "Gone"})
        record.unlink()
        read = self.save_unattended({"name": "Mine"}, {"name": "Gone"}, record=record)
        self.assertEqual(read, [])
        self.assertEqual(self.kept, [(record.id, {"name": "Mine"}, {"name": "Gone"})])

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be_saved(self):
        self.change(quantity=22)
        tag = self.env["amanat.test.realtime.tag"].create({"name": "rt taken"})
        vals = {"quantity": 11, "tag_ids": [Command.create({"name": tag.name})]}
        base = {"quantity": 1, "tag_ids": []}
        self.save_unattended(vals, base)
        [(_id, mine, kept_base)] = self.kept
        self.assertEqual(mine.keys(), {"quantity", "tag_ids"})
        self.assertEqual(kept_base, base)
        self.assertEqual(self.record.quantity, 22)

    def test_what_a_constraint_in_python_refuses(self):
        cls = self.env.registry["amanat.test.realtime"]
        original = cls.write

        def write(records, vals):
            original(records, vals)
            raise UserError(records.env._("No"))

        with patch.object(cls, "write", write):
            read = self.save_unattended({"name": "Mine"}, {"name": "One"})
        self.assertEqual(read, [{"id": self.record.id, "name": "One"}])
        self.assertEqual(
            self.kept, [(self.record.id, {"name": "Mine"}, {"name": "One"})]
        )

    @mute_logger("odoo.sql_db")
    def test_what_odoo_or_the_database_refuses(self):
        for name, value, base in (
            ("quantity", 2**40, 1),
            ("quantity", "x", 1),
            ("quantity", [1], 1),
            ("quantity", float("inf"), 1),
            ("state", "nope", "draft"),
            ("name", "a\0b", "One"),
        ):
            self.kept.clear()
            with self.subTest(value=value):
                # what else was to be saved waits with it
                self.save_unattended(
                    {name: value, "color": 7}, {name: base, "color": 0}
                )
                [(_id, mine, kept_base)] = self.kept
                self.assertEqual(mine.keys(), {name, "color"})
                self.assertEqual(kept_base, {name: base, "color": 0})
                self.env.invalidate_all()
                self.assertEqual((self.record.quantity, self.record.color), (1, 0))

    def test_moments_keep_their_microseconds(self):
        moment = datetime(2026, 1, 1, 10, 0, 0, 123456)
        self.change(description="Theirs")
        self.save_unattended({"description": moment}, {"description": False})
        [(_id, mine, _base)] = self.kept
        self.assertEqual(mine, {"description": "2026-01-01 10:00:00.123456"})

    def test_commands_that_are_none(self):
        self.change(self.first, name="Theirs")
        nonsense = [[2, [1]], [[], {}], [1, {}, {}], [], 5]
        mine = [1, self.first.id, {"name": "Mine"}]
        vals = {"line_ids": [mine, *nonsense]}
        base = {"line_ids": {str(self.first.id): {"name": "First"}}}
        checker = Checker(self.record, read_base(self.record, {self.record.id: base}))
        checked = checker.check(self.record, vals)
        base = checker.base[self.record.id]
        rest, kept, _base = split(checked, base, checker.conflicts)
        self.assertEqual(kept, {"line_ids": [mine]})
        self.assertEqual(rest, {"line_ids": nonsense})

    # what is told of records that may not be read

    def test_whether_a_record_exists_is_not_told(self):
        limited = self.new_user("rt_limited", LIMITED)
        self.record.user_id = self.ben
        gone = self.record.copy()
        gone.unlink()
        for record in (self.record, gone):
            theirs = record.with_user(limited).with_context(
                **{BASE: {}, UNATTENDED: True}
            )
            self.assertEqual(theirs.web_save({"name": "x"}, {}), [])
            self.assertEqual(theirs.web_save_multi([{"name": "x"}], {}), [])
        self.assertEqual(self.record.name, "One")

    def test_who_may_not_use_the_model_is_refused(self):
        keys = {BASE: {}, UNATTENDED: True}
        portal = self.new_user("rt_portal", "base.group_portal")
        access = self.env.ref("amanat_realtime.access_amanat_test_realtime_user")
        gone = self.record.copy()
        gone.unlink()
        for user, rights in ((portal, {}), (self.anna, {"perm_write": False})):
            access.write(rights)
            for record in (self.record, gone):
                theirs = record.with_user(user).with_context(**keys)
                with self.subTest(user.login), self.assertRaises(AccessError):
                    theirs.web_save({"name": "x"}, {})
        self.assertEqual((self.record.name, self.kept), ("One", []))

    def test_several_records(self):
        other = self.record.copy({"name": "Other", "quantity": 1})
        self.change(quantity=22)
        both = self.record | other
        base = {str(record.id): {"quantity": 1} for record in both}
        mine = self.mine(both, **{BASE: base, UNATTENDED: True})
        read = mine.web_save_multi([{"quantity": 2}, {"quantity": 3}], {"quantity": {}})
        self.assertEqual([values["quantity"] for values in read], [22, 3])
        self.assertEqual(
            self.kept, [(self.record.id, {"quantity": 2}, {"quantity": 1})]
        )

    def test_next_record_is_read(self):
        other = self.record.copy({"name": "Next"})
        self.change(quantity=22)
        read = self.save_unattended({"quantity": 2}, {"quantity": 1}, next_id=other.id)
        self.assertEqual(read, [{"id": other.id, "name": "Next"}])

    def test_malformed_base_is_an_error_here_too(self):
        with self.assertRaises(UserError):
            self.save_unattended({"quantity": 2}, {"nope": 1})
        self.assertEqual((self.record.quantity, self.kept), (1, []))
