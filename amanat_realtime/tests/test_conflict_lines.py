"""Promise: lines are compared by their own ids and fields; who changes or deletes a
line does not undo in silence what somebody else did to it, and is not disturbed by what
was done to other lines.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.amanat_realtime.conflict.base import read_base
from odoo.addons.amanat_realtime.conflict.check import Checker

from .conflict_common import ConflictCase


@tagged("post_install", "-at_install")
class TestConflictLines(ConflictCase):
    def update(self, line, base, **vals):
        """Return the arguments of a save that changes one line."""
        return (
            {"line_ids": [Command.update(line.id, vals)]},
            {"line_ids": {str(line.id): base}},
        )

    def delete(self, line, **base):
        return (
            {"line_ids": [Command.delete(line.id)]},
            {"line_ids": {str(line.id): base}},
        )

    def test_line_that_nobody_else_changed(self):
        self.save(*self.update(self.first, {"name": "First"}, name="Mine"))
        self.assertEqual(self.first.name, "Mine")

    def test_both_changed_the_same_field_of_a_line(self):
        self.change(self.first, name="Theirs")
        [conflict] = self.conflicts_of(
            *self.update(self.first, {"name": "First"}, name="Mine")
        )
        self.assertTrue(conflict.pop("at"))
        self.assertEqual(
            conflict,
            {
                "id": self.record.id,
                "path": [["line_ids", self.first.id]],
                "field": "name",
                "label": "Name",
                "type": "char",
                "base": "First",
                "mine": "Mine",
                "theirs": "Theirs",
                "by": {"id": self.ben.id, "name": "Ben"},
            },
        )
        self.assertEqual(self.first.name, "Theirs")

    def test_different_fields_of_a_line(self):
        self.change(self.first, name="Theirs")
        self.save(*self.update(self.first, {"price": 10}, price=5))
        self.assertEqual((self.first.name, self.first.price), ("Theirs", 5))

    def test_different_lines(self):
        self.change(self.second, name="Theirs")
        self.save(*self.update(self.first, {"name": "First"}, name="Mine"))
        self.assertEqual(self.record.line_ids.mapped("name"), ["Mine", "Theirs"])

    def test_lines_that_either_side_added(self):
        self.change(line_ids=[Command.create({"name": "Theirs"})])
        vals, base = self.update(self.first, {"name": "First"}, name="Mine")
        vals["line_ids"].append(Command.create({"name": "New"}))
        self.save(vals, base)
        self.assertEqual(
            self.record.line_ids.mapped("name"), ["Mine", "Second", "Theirs", "New"]
        )

    def test_changing_a_line_that_they_deleted(self):
        line_id = self.first.id
        self.change(line_ids=[Command.delete(line_id)])
        vals, base = self.update(self.first, {"name": "First"}, name="Mine", price=7)
        vals["name"] = "Not written"
        [conflict] = self.conflicts_of(vals, base)
        self.assertIsNone(conflict["field"])
        self.assertIsNone(conflict["theirs"])
        self.assertIs(conflict["deleted"], True)
        self.assertEqual(conflict["path"], [["line_ids", line_id]])
        self.assertEqual(conflict["mine"], {"name": "Mine", "price": 7})
        self.assertEqual(conflict["base"], {"name": "First"})
        self.assertEqual(conflict["label"], "Lines")
        self.assertEqual(conflict["by"], {"id": self.ben.id, "name": "Ben"})
        self.assertEqual(self.record.name, "One")

    def test_changing_a_line_that_they_moved_to_another_record(self):
        other = self.record.copy({"name": "Other"})
        self.change(self.first, realtime_id=other.id)
        [conflict] = self.conflicts_of(
            *self.update(self.first, {"name": "First"}, name="Mine")
        )
        self.assertTrue(conflict["deleted"])

    def test_line_of_an_inherited_field_that_they_moved(self):
        users = self.env["res.users"].create(
            [{"login": "rt_a", "name": "A"}, {"login": "rt_b", "name": "B"}]
        )
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": users[0].partner_id.id}
        )
        raw = {users[0].id: {"child_ids": {child.id: {"name": "Child"}}}}
        vals = {"child_ids": [Command.update(child.id, {"name": "Mine"})]}

        def conflicts():
            checker = Checker(users[0], read_base(users[0], raw))
            checker.check(users[0], vals)
            return checker.conflicts

        self.assertEqual(conflicts(), [])
        child.parent_id = users[1].partner_id
        [conflict] = conflicts()
        self.assertIsNone(conflict.field)

    def test_who_deleted_what_the_person_could_not_read(self):
        self.watch("amanat.test.realtime.line")
        self.env["ir.rule"].create(
            {
                "name": "No hidden lines",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime.line"),
                "domain_force": "[('name', '!=', 'Hidden')]",
            }
        )
        other = self.record.copy({"name": "Other"})
        hidden, shown = other.line_ids
        hidden.name = "Hidden"
        self.commit()
        (hidden | shown).with_user(self.ben).sudo().unlink()
        self.commit()
        for line, author in ((hidden, None), (shown, "Ben")):
            # as if it had been a line of the person's own record
            [conflict] = self.conflicts_of(*self.update(line, {"name": "x"}, name="y"))
            self.assertIs(conflict["deleted"], True)
            self.assertEqual((conflict["by"] or {}).get("name"), author)
            self.assertEqual(bool(conflict["at"]), bool(author))

    def test_line_of_another_record_tells_nothing(self):
        other = self.record.copy({"name": "Other"})
        line = other.line_ids[0]
        line.name = "Secret"
        [conflict] = self.conflicts_of(*self.update(line, {"name": "x"}, name="y"))
        self.assertIsNone(conflict["theirs"])
        self.assertNotIn("Secret", str(conflict))

    def test_both_deleted_a_line(self):
        self.change(line_ids=[Command.delete(self.first.id)])
        vals, base = self.delete(self.first, name="First")
        vals["name"] = "Mine"
        self.save(vals, base)
        self.assertEqual(self.record.name, "Mine")
        self.assertEqual(self.record.line_ids, self.second)

    def test_deleting_a_line_that_they_moved_leaves_it_there(self):
        other = self.record.copy({"name": "Other"})
        self.change(self.first, realtime_id=other.id)
        self.save(*self.delete(self.first, name="First"))
        self.assertTrue(self.first.exists())
        self.assertEqual(self.first.realtime_id, other)

    def test_deleting_a_line_that_they_changed(self):
        self.change(self.first, name="Theirs", price=11)
        base = {"name": "First", "price": 10.0, "quantity": 1.0}
        name, price = self.conflicts_of(*self.delete(self.first, **base))
        self.assertIs(name["removed"], True)
        self.assertIsNone(name["mine"])
        self.assertEqual((name["base"], name["theirs"]), ("First", "Theirs"))
        self.assertEqual((price["field"], price["theirs"]), ("price", 11.0))
        self.assertTrue(self.first.exists())

    def test_deleting_a_line_that_nobody_changed(self):
        base = {"name": "First", "price": 10.0, "quantity": 1.0, "subtotal": 10.0}
        self.save(*self.delete(self.first, **base))
        self.assertFalse(self.first.exists())

    def test_commands_that_remove_lines_otherwise(self):
        self.change(self.first, name="Theirs")
        base = {"line_ids": {str(self.first.id): {"name": "First"}}}
        for commands in (
            [Command.unlink(self.first.id)],
            [Command.clear()],
            [Command.set(self.second.ids)],
            self.second.ids,
            False,
        ):
            with self.subTest(commands=commands):
                [conflict] = self.conflicts_of({"line_ids": commands}, base)
                self.assertTrue(conflict["removed"])
        self.save({"line_ids": [Command.set(self.record.line_ids.ids)]}, base)
        self.assertEqual(len(self.record.line_ids), 2)

    def test_setting_lines_of_which_they_deleted_one(self):
        ids = self.record.line_ids.ids
        base = {"line_ids": {str(self.first.id): {"name": "First"}}}
        self.change(line_ids=[Command.delete(self.first.id)])
        self.save({"line_ids": [Command.set(ids)]}, base)
        self.assertEqual(self.record.line_ids, self.second)

    def test_line_that_is_only_linked(self):
        self.change(self.first, name="Theirs")
        base = {"line_ids": {str(self.first.id): {"name": "First"}}}
        self.save({"line_ids": [Command.link(self.first.id)]}, base)
        self.assertEqual(self.first.name, "Theirs")

    def test_two_commands_for_a_line(self):
        self.change(self.first, name="Theirs", price=11)
        vals, base = self.update(
            self.first, {"name": "First", "price": 10}, name="Mine"
        )
        vals["line_ids"].append(Command.update(self.first.id, {"price": 12}))
        found = self.conflicts_of(vals, base)
        self.assertEqual([c["field"] for c in found], ["name", "price"])

    def test_all_conflicts_of_a_save_are_told_at_once(self):
        self.change(quantity=5)
        self.change(self.first, name="Theirs")
        self.change(line_ids=[Command.delete(self.second.id)])
        vals = {
            "quantity": 7,
            "line_ids": [
                Command.update(self.first.id, {"name": "Mine"}),
                Command.update(self.second.id, {"name": "Mine"}),
            ],
        }
        base = {
            "quantity": 1,
            "line_ids": {
                str(self.first.id): {"name": "First"},
                str(self.second.id): {"name": "Second"},
            },
        }
        found = self.conflicts_of(vals, base)
        self.assertEqual([c["field"] for c in found], ["quantity", "name", None])

    def test_lines_of_lines(self):
        # the lines of a record, by way of a model that has records as its lines
        company = self.env["res.partner"].create(
            {
                "name": "Company",
                "child_ids": [
                    Command.create(
                        {
                            "name": "Child",
                            "child_ids": [Command.create({"name": "Grandchild"})],
                        }
                    )
                ],
            }
        )
        child = company.child_ids
        grandchild = child.child_ids
        check = self.check_plain(
            company, child, grandchild, {"name": "Before"}, {"name": "Mine"}
        )
        [conflict] = check.conflicts
        self.assertEqual(
            conflict.path, (("child_ids", child.id), ("child_ids", grandchild.id))
        )
        check = self.check_plain(
            company, child, grandchild, {"name": "Grandchild"}, {"name": "Mine"}
        )
        self.assertFalse(check.conflicts)

    def check_plain(self, company, child, grandchild, base, vals):
        inner = {"child_ids": {str(grandchild.id): base}}
        raw = {str(company.id): {"child_ids": {str(child.id): inner}}}
        checker = Checker(company, read_base(company, raw))
        command = Command.update(grandchild.id, vals)
        outer = Command.update(child.id, {"child_ids": [command]})
        checker.check(company, {"child_ids": [outer]})
        return checker

    def test_line_that_the_person_may_not_read(self):
        self.env["ir.rule"].create(
            {
                "name": "No first lines",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime.line"),
                "domain_force": "[('name', '!=', 'First')]",
            }
        )
        with self.assertRaises(AccessError):
            self.save(*self.update(self.first, {"name": "x"}, name="Mine"))
        self.assertEqual(self.first.name, "First")

    def test_malformed_bases_of_lines(self):
        vals = {"line_ids": [Command.update(self.first.id, {"name": "Mine"})]}
        id_ = str(self.first.id)
        for base in (
            [],
            [self.first.id],
            None,
            False,
            7,
            "line",
            {id_: []},
            {id_: 7},
            {id_: None},
            {id_: {"nope": 1}},
            {id_: {"name": {"a": 1}}},
            {id_: {"quantity": "1"}},
            {"x": {"name": "First"}},
            {"-1": {"name": "First"}},
            {"99999999999999999999": {"name": "First"}},
        ):
            with self.subTest(base=base), self.assertRaises(UserError):
                self.save(vals, {"line_ids": base})
        self.assertEqual(self.first.name, "First")

    def test_line_that_never_was(self):
        vals = {"line_ids": [Command.update(2**31 - 1, {"name": "Mine"})]}
        base = {"line_ids": {str(2**31 - 1): {"name": "x"}}}
        [conflict] = self.conflicts_of(vals, base)
        self.assertTrue(conflict["deleted"])
        self.assertIsNone(conflict["by"])
        self.assertIsNone(conflict["at"])
