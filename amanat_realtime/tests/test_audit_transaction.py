"""Promise: the audit has what a transaction did, all of it and once, and nothing that
did not come to pass; and it never stands in the way of the transaction.
"""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.audit.store import insert_rows

from .audit_common import LINE, MODEL, AuditCase

AUDIT = "odoo.addons.amanat_realtime.audit.audit"
GUARD = "odoo.addons.amanat_realtime.recording.guard"


@tagged("post_install", "-at_install")
class TestAuditTransaction(AuditCase):
    def numbers(self, rows):
        return {row.field: (row.old_raw, row.new_raw) for row in rows}

    def test_net_effect(self):
        for quantity in (2, 3, 4):
            self.record.quantity = quantity
            self.env.flush_all()
        self.record.color = 1
        self.env.flush_all()
        self.record.color = 0
        rows = self.end_transaction()
        self.assertEqual(self.numbers(rows), {"quantity": (1, 4)})

    def test_nobody_watches(self):
        self.env.cr.execute("DELETE FROM amanat_realtime_lease")
        self.env.cr.postcommit.data.clear()
        last = self.bus_position()
        self.record.quantity = 2
        self.record.tag_ids = [Command.create({"name": "New"})]
        rows = self.end_transaction()
        self.assertEqual(set(rows.mapped("field")), {"quantity", "tag_ids"})
        self.assertFalse(self.env["bus.bus"].search([("id", ">", last)]))

    def test_watched_too(self):
        self.watch()
        self.record.quantity = 2
        last = self.bus_position()
        self.assertEqual(len(self.end_transaction()), 1)
        [row] = self.rows_after(last)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [1, 2]})

    def test_create(self):
        new = self.env[MODEL].create({"name": "New", "quantity": 7})
        new.quantity = 8
        row = self.end_transaction()
        self.assertEqual((row.action, row.res_id), ("create", new.id))
        self.assertEqual(row.record_name, "New")
        self.assertFalse(row.field)

    def test_delete(self):
        self.record.quantity = 9
        id_ = self.record.id
        self.record.unlink()
        row = self.end_transaction()
        self.assertEqual((row.action, row.res_id), ("delete", id_))
        self.assertEqual(row.record_name, "One")

    def test_created_and_deleted(self):
        self.env[MODEL].create({"name": "New"}).unlink()
        self.assertFalse(self.end_transaction())

    def test_lines_deleted_by_the_database(self):
        self.audit(LINE)
        line = self.env[LINE].create({"name": "L", "realtime_id": self.record.id})
        self.end_transaction()
        line_id = line.id
        self.record.unlink()
        rows = self.end_transaction()
        self.assertEqual(
            {(row.model, row.action, row.record_name) for row in rows},
            {(MODEL, "delete", "One"), (LINE, "delete", "L")},
        )
        self.assertEqual(rows.filtered(lambda r: r.model == LINE).res_id, line_id)
        self.assertEqual(len(set(rows.mapped("transaction"))), 1)

    def test_refused_deletion(self):
        user = self.new_user("rt_limited", "amanat_realtime.group_realtime_limited")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self.record.with_user(user).unlink()
        self.assertFalse(self.end_transaction())

    def test_two_transactions(self):
        self.record.quantity = 2
        first = self.end_transaction()
        self.record.quantity = 1
        second = self.end_transaction()
        self.assertEqual(self.numbers(first), {"quantity": (1, 2)})
        self.assertEqual(self.numbers(second), {"quantity": (2, 1)})
        self.assertNotEqual(first.transaction, second.transaction)

    def test_savepoints_are_joined(self):
        self.record.quantity = 2
        with self.env.cr.savepoint():
            self.record.quantity = 3
            self.record.color = 1
        with self.env.cr.savepoint():
            self.record.color = 0
        self.record.date = "2026-11-20"
        rows = self.end_transaction()
        self.assertEqual(
            self.numbers(rows), {"quantity": (1, 3), "date": (False, "2026-11-20")}
        )
        self.assertEqual(len(rows), 2)

    def test_links_of_savepoints_are_joined(self):
        Tag = self.env["amanat.test.realtime.tag"]
        red, blue, pink = Tag.create([{"name": n} for n in ("Red", "Blue", "Pink")])
        self.record.tag_ids = red
        self.end_transaction()
        with self.env.cr.savepoint():
            self.record.tag_ids = blue + pink
        with self.env.cr.savepoint():
            self.record.tag_ids = red + pink
        row = self.end_transaction()
        self.assertEqual((row.old_text, row.new_text), (False, "Pink"))

    def test_savepoint_rolled_back(self):
        self.record.quantity = 2
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.record.quantity = 3
            self.record.color = 5
            with self.env.cr.savepoint():
                self.env[MODEL].create({"name": "New"})
            raise ValueError
        rows = self.end_transaction()
        self.assertEqual(self.numbers(rows), {"quantity": (1, 2)})
        self.assertEqual(len(rows), 1)

    def test_rolled_back_savepoint_leaves_what_was_before(self):
        with self.env.cr.savepoint():
            self.record.quantity = 2
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.record.quantity = 3
            with self.env.cr.savepoint():
                self.record.quantity = 4
            raise ValueError
        self.record.color = 3
        rows = self.end_transaction()
        self.assertEqual(self.numbers(rows), {"quantity": (1, 2), "color": (0, 3)})

    def test_created_in_one_savepoint_and_changed_in_another(self):
        with self.env.cr.savepoint():
            new = self.env[MODEL].create({"name": "New"})
        with self.env.cr.savepoint():
            new.quantity = 5
        row = self.end_transaction()
        self.assertEqual(row.action, "create")

    def test_created_in_one_savepoint_and_deleted_in_another(self):
        with self.env.cr.savepoint():
            new = self.env[MODEL].create({"name": "New"})
        new.unlink()
        self.assertFalse(self.end_transaction())

    def test_changed_in_one_savepoint_and_deleted_in_another(self):
        with self.env.cr.savepoint():
            self.record.quantity = 4
        self.record.unlink()
        self.assertEqual(self.end_transaction().mapped("action"), ["delete"])

    def test_transaction_rolled_back(self):
        before = self.env["amanat.activity"].search_count([])
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            record = self.record.with_env(self.env(cr=cr))
            record.quantity = 9
            cr.flush()
            cr.rollback()
        self.assertEqual(self.env["amanat.activity"].search_count([]), before)

    def test_author(self):
        user = self.new_user("rt_author")
        self.end_transaction()
        self.record.with_user(1).quantity = 5
        self.record.with_user(user).color = 1
        self.record.with_user(user).sudo().sequence = 2
        rows = self.end_transaction()
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows.user_id, user)

    def test_muted_work_is_audited(self):
        """Who is audited must not be able to switch it off."""
        self.watch()
        last = self.bus_position()
        self.record.with_context(amanat_realtime_disable=True).quantity = 5
        rows = self.end_transaction()
        self.assertEqual(self.numbers(rows), {"quantity": (1, 5)})
        self.assertEqual(self.rows_after(last), [])

    def test_muted_work_between_other_work(self):
        self.watch()
        muted = self.record.with_context(amanat_realtime_disable=True)
        tag = self.env["amanat.test.realtime.tag"].create({"name": "Red"})
        self.record.quantity = 2
        muted.write({"quantity": 3, "color": 1, "tag_ids": tag.ids})
        self.record.color = 2
        new = self.env[MODEL].with_context(amanat_realtime_disable=True)
        new = new.create({"name": "New"})
        rows = self.end_transaction()
        updated = rows.filtered(lambda row: row.action == "update")
        self.assertEqual(
            self.numbers(updated),
            {
                "quantity": (1, 3),
                "color": (0, 2),
                "tag_ids": (False, [{"id": tag.id, "name": "Red"}]),
            },
        )
        self.assertEqual((rows - updated).mapped("res_id"), new.ids)
        new.unlink()
        self.assertEqual(self.end_transaction().action, "delete")

    def test_nothing_while_a_module_is_installed(self):
        with patch.object(self.registry, "ready", False):
            self.record.quantity = 2
            self.env.flush_all()
        self.assertFalse(self.end_transaction())

    def test_switched_off(self):
        line = self.env["amanat.realtime.model"].search([("audit", "=", True)])
        line.audit = False
        self.record.quantity = 2
        self.assertFalse(self.end_transaction())
        line.audit = True
        self.record.quantity = 3
        self.assertEqual(len(self.end_transaction()), 1)
        line.unlink()
        self.record.quantity = 4
        self.assertFalse(self.end_transaction())

    def test_a_failure_does_not_break_the_transaction(self):
        self.watch()
        last = self.bus_position()
        self.audit(LINE)
        line = self.env[LINE].create({"name": "L", "realtime_id": self.record.id})
        self.end_transaction()
        self.record.quantity = 5
        line.name = "M"

        def fail(env, header, rows):
            insert_rows(env, header, rows)
            if header["model"] == LINE:
                env.cr.execute("SELECT 1 / 0", log_exceptions=False)

        with (
            patch(f"{AUDIT}.insert_rows", fail),
            self.assertLogs(GUARD, "ERROR") as logs,
        ):
            rows = self.end_transaction()
        self.assertIn("write the audit", logs.output[0])
        self.assertFalse(rows, "not a half of it")
        self.assertEqual(len(self.rows_after(last)), 2, "messages are not its business")
        self.assertEqual(self.record.quantity, 5)

    def test_names_that_fail(self):
        failing = lambda self: 1 / 0  # noqa: E731
        with patch.object(type(self.record), "_compute_display_name", failing):
            self.record.quantity = 2
            row = self.end_transaction()
        self.assertEqual((row.res_id, row.record_name), (self.record.id, False))

    def test_what_is_read_for_it_stays_out_of_the_cache(self):
        partner = self.env["res.partner"].create({"name": "Ann"})
        self.end_transaction()
        self.env.invalidate_all()
        self.record.partner_id = partner.id
        self.end_transaction()
        name = self.env["res.partner"]._fields["name"]
        self.assertNotIn(partner.id, name._get_cache(self.env))

    def test_watched_model_does_not_pay(self):
        self.watch()
        self.env["amanat.realtime.model"].search([]).audit = False

        def queries(record, number):
            self.env.cr.flush()
            start = self.env.cr.sql_log_count
            record.write({"quantity": number, "tag_ids": [Command.clear()]})
            self.env.cr.flush()
            return self.env.cr.sql_log_count - start

        queries(self.record, 10)
        plain = queries(self.record, 11)
        self.audit("amanat.test.realtime.line")
        self.env["amanat.realtime.model"].search([]).audit = False
        queries(self.record, 12)
        self.assertEqual(queries(self.record, 13), plain)
        self.audit(MODEL)
        queries(self.record, 14)
        self.assertGreater(queries(self.record, 15), plain)

    def test_1000_records_are_one_insert(self):
        records = self.env[MODEL].create([{"name": str(i)} for i in range(1000)])
        self.assertEqual(len(self.end_transaction()), 1000)
        for number, record in enumerate(records):
            record.quantity = number + 1
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        self.env.cr.precommit.run()
        self.assertLess(self.env.cr.sql_log_count - start, 15)
        rows = self.end_transaction()
        self.assertEqual(rows.mapped("res_id"), records.ids)
        self.assertEqual(rows.mapped("new_raw"), list(range(1, 1001)))
