"""Promise: who edits the linked records of a many2many in its list does not undo in
silence what somebody else saved in them.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.amanat_realtime.conflict.base import read_base
from odoo.addons.amanat_realtime.conflict.check import Checker

from .conflict_common import ConflictCase


@tagged("post_install", "-at_install")
class TestConflictLinked(ConflictCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.red, cls.blue = cls.env["amanat.test.realtime.tag"].create(
            [{"name": "rt red", "color": 1}, {"name": "rt blue", "color": 2}]
        )
        cls.record.tag_ids = cls.red | cls.blue

    def edit(self, vals, *others, **base):
        """Return the arguments of a save that changes the red tag."""
        item = {"id": self.red.id, "display_name": "rt red", **base}
        return (
            {"tag_ids": [Command.update(self.red.id, vals), *others]},
            {"tag_ids": [item, self.blue.id]},
        )

    def test_record_that_nobody_else_changed(self):
        self.save(*self.edit({"color": 5}, color=1))
        self.assertEqual(self.red.color, 5)

    def test_both_changed_the_same_field(self):
        self.change(self.red, color=22)
        [conflict] = self.conflicts_of(*self.edit({"color": 11}, color=1))
        self.assertTrue(conflict.pop("at"))
        self.assertEqual(
            conflict,
            {
                "id": self.record.id,
                "path": [["tag_ids", self.red.id]],
                "field": "color",
                "label": "Color",
                "type": "integer",
                "base": 1,
                "mine": 11,
                "theirs": 22,
                "by": {"id": self.ben.id, "name": "Ben"},
            },
        )
        self.assertEqual(self.red.color, 22)

    def test_different_fields_and_the_same_value(self):
        self.change(self.red, name="rt theirs", color=5)
        self.save(*self.edit({"color": 5}, color=1))
        self.assertEqual((self.red.name, self.red.color), ("rt theirs", 5))

    def test_which_are_linked_is_another_matter(self):
        self.change(tag_ids=[Command.unlink(self.blue.id)])
        self.save(*self.edit({"color": 5}, color=1))
        self.assertEqual((self.red.color, self.record.tag_ids), (5, self.red))
        # unlinking one leaves it to the others as it is, changing it does not
        unlink = Command.unlink(self.red.id)
        self.change(self.red, color=22)
        found = self.conflicts_of(*self.edit({"color": 11}, unlink, color=5))
        paths = [(conflict["path"], conflict["field"]) for conflict in found]
        self.assertIn(([["tag_ids", self.red.id]], "color"), paths)
        self.assertIn(([], "tag_ids"), paths)
        _vals, base = self.edit({}, color=1)
        base["tag_ids"].pop()
        self.save({"tag_ids": [unlink]}, base)
        self.assertFalse(self.record.tag_ids)

    def test_record_that_they_unlinked_is_edited_nevertheless(self):
        self.change(tag_ids=[Command.unlink(self.red.id)])
        self.save(*self.edit({"color": 5}, color=1))
        self.assertEqual((self.red.color, self.record.tag_ids), (5, self.blue))

    def test_record_that_they_deleted(self):
        tag_id = self.red.id
        args = self.edit({"color": 11}, color=1)
        self.red.with_user(self.ben).unlink()
        self.commit()
        [conflict] = self.conflicts_of(*args)
        self.assertIsNone(conflict["field"])
        self.assertIsNone(conflict["theirs"])
        self.assertIs(conflict["deleted"], True)
        self.assertEqual(conflict["path"], [["tag_ids", tag_id]])
        self.assertEqual(
            [conflict[key] for key in ("label", "type", "mine", "base")],
            ["Tags", "many2many", {"color": 11}, {"color": 1}],
        )

    def test_without_bases_it_is_written(self):
        self.change(self.red, color=22)
        self.save(*self.edit({"color": 11}))
        self.assertEqual(self.red.color, 11)
        self.save(*self.edit({"color": 12}, name="rt red"))
        self.assertEqual(self.red.color, 12)

    def test_only_records_that_are_changed_matter(self):
        self.change(self.red, color=22)
        _vals, base = self.edit({}, color=1)
        self.save({"tag_ids": [Command.update(self.blue.id, {"color": 5})]}, base)
        self.assertEqual((self.red.color, self.blue.color), (22, 5))

    def test_bases_do_not_matter_to_the_set(self):
        vals, base = self.edit({"color": 5}, Command.clear(), color=1)
        self.save(vals, base)
        self.assertFalse(self.record.tag_ids)
        self.change(tag_ids=[Command.set(self.red.ids)])
        found = self.conflicts_of(*self.edit({"color": 6}, Command.clear(), color=5))
        self.assertEqual([conflict["field"] for conflict in found], ["tag_ids"])
        names = [{"id": t.id, "display_name": t.name} for t in (self.red, self.blue)]
        self.assertEqual(found[0]["base"], names)

    def test_linked_rows_are_locked(self):
        _vals, base = self.edit({}, color=1)
        read = read_base(self.record, {self.record.id: base})
        checker = Checker(self.record, read)
        self.assertEqual(checker.existing[self.red._name], {self.red.id})

    def test_malformed_bases(self):
        vals = {"tag_ids": [Command.update(self.red.id, {"color": 11})]}
        for item in (
            {"id": self.red.id, "nope": 1},
            {"id": self.red.id, "color": "1"},
            {"id": self.red.id, "color": [1]},
            {"id": False, "color": 1},
            {"id": -1, "color": 1},
            {"id": 2**40, "color": 1},
            {"id": "1", "color": 1},
            {"color": 1},
        ):
            with self.subTest(item=item), self.assertRaises(UserError) as caught:
                self.save(vals, {"tag_ids": [item]})
            self.assertFalse(hasattr(caught.exception, "conflicts"))
        deep = {}
        for _level in range(100):
            deep = {"id": 1, "child_ids": {"1": {"category_id": [deep]}}}
        with self.assertRaises(UserError):
            self.save(vals, {"tag_ids": [deep]})
        self.assertEqual(self.red.color, 1)

    def test_field_that_may_not_be_read(self):
        self.patch(self.red._fields["color"], "groups", "base.group_system")
        with self.assertRaises(AccessError):
            self.save(*self.edit({"name": "x"}, color=1))

    def test_record_that_may_not_be_read(self):
        self.env["ir.rule"].create(
            {
                "name": "No red",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime.tag"),
                "domain_force": f"[('id', '!=', {self.red.id})]",
            }
        )
        with self.assertRaises(AccessError) as caught:
            self.save(*self.edit({"color": 11}, color=7))
        self.assertFalse(hasattr(caught.exception, "conflicts"))
        self.assertEqual(self.red.color, 1)

    def test_closing_tab_keeps_the_command_of_what_conflicts(self):
        self.change(self.red, color=22)
        other = Command.update(self.blue.id, {"color": 5})
        vals, base = self.edit({"color": 11}, other, color=1)
        base["tag_ids"][1] = {"id": self.blue.id, "color": 2}
        self.save_unattended({**vals, "quantity": 7}, {**base, "quantity": 1})
        self.assertEqual((self.red.color, self.blue.color), (22, 5))
        self.assertEqual(self.record.quantity, 7)
        drafts = self.env["amanat.realtime.draft"].with_user(self.anna)
        [draft] = drafts.get_drafts(self.record._name, self.record.id)
        red = {"id": self.red.id, "display_name": "rt red"}
        blue = {"id": self.blue.id, "display_name": "rt blue"}
        self.assertEqual(draft["mine"], [[1, self.red.id, {"color": 11}]])
        self.assertIn({**red, "color": 1}, draft["base"])
        self.assertCountEqual(
            draft["theirs"], [{**red, "color": 22}, {**blue, "color": 5}]
        )
