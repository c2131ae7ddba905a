"""Promise: every effect of a transaction on a live model is recorded once, first old
value and last new value, and nothing that did not come to pass.
"""

import itertools
import json
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.recording.lease_cache import lease_cache

from .common import RealtimeCase


@tagged("post_install", "-at_install")
class TestRecorder(RealtimeCase):
    def setUp(self):
        super().setUp()
        self.record = self.env["amanat.test.realtime"].create(
            {
                "name": "One",
                "quantity": 1,
                "line_ids": [Command.create({"name": "L", "quantity": 2, "price": 10})],
            }
        )
        self.commit()

    def only_update(self):
        [row] = self.commit()
        [update] = row["update"]
        return update

    def test_write_tells_old_and_new(self):
        self.record.state = "done"
        [row] = self.commit()
        self.assertEqual(row["model"], "amanat.test.realtime")
        self.assertEqual(row["by"], self.env.uid)
        self.assertEqual(
            row["update"],
            [{"ids": self.record.ids, "diff": {"state": ["draft", "done"]}}],
        )

    def test_several_writes_are_one_change(self):
        self.record.quantity = 2
        self.env.flush_all()
        self.record.quantity = 3
        self.record.date = "2026-11-20"
        update = self.only_update()
        self.assertEqual(
            update["diff"], {"quantity": [1, 3], "date": [False, "2026-11-20"]}
        )

    def test_back_to_the_start_is_no_change(self):
        self.record.quantity = 2
        self.env.flush_all()
        self.record.quantity = 1
        self.assertEqual(self.commit(), [])

    def test_same_value_is_no_change(self):
        self.record.quantity = 1
        self.assertEqual(self.commit(), [])

    def test_stored_computed_field_of_another_record(self):
        self.record.line_ids.price = 15
        update = self.only_update()
        self.assertEqual(update["ids"], self.record.ids)
        self.assertEqual(update["diff"], {"total": [20.0, 30.0]})
        self.assertEqual(update["stale"], ["line_ids"])

    def test_stored_related_field(self):
        self.watch("amanat.test.realtime.line")
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        self.record.currency_id = euro
        self.commit()
        self.record.currency_id = dollar
        rows = {row["model"]: row for row in self.commit()}
        self.assertEqual(
            rows["amanat.test.realtime.line"]["update"][0]["diff"],
            {"currency_id": [euro.id, dollar.id]},
        )

    def test_low_level_write(self):
        self.record._write({"quantity": 7})
        self.assertEqual(self.only_update()["diff"], {"quantity": [1, 7]})

    def test_many2many_travels_by_name(self):
        self.record.tag_ids = [Command.create({"name": "New tag"})]
        self.assertEqual(
            self.only_update(), {"ids": self.record.ids, "stale": ["tag_ids"]}
        )

    def test_long_text_travels_by_name(self):
        self.record.description = "x" * 1025
        self.assertEqual(self.only_update()["stale"], ["description"])

    def test_computed_field_without_column_travels_by_name(self):
        self.record.name = "Two"
        update = self.only_update()
        self.assertEqual(update["diff"], {"name": ["One", "Two"]})
        self.assertEqual(update["stale"], ["display_name"])

    def test_1000_records_alike_are_one_entry(self):
        records = self.env["amanat.test.realtime"].create(
            [{"name": str(i)} for i in range(1000)]
        )
        self.commit()
        records.write({"state": "done"})
        [row] = self.commit()
        [update] = row["update"]
        self.assertEqual(update["ids"], records.ids)
        self.assertEqual(update["diff"], {"state": ["draft", "done"]})

    def test_too_many_different_changes_degrade_to_refresh(self):
        records = self.env["amanat.test.realtime"].create(
            [{"name": str(i)} for i in range(201)]
        )
        self.commit()
        for number, record in enumerate(records):
            record.quantity = number + 1
        [row] = self.commit()
        self.assertTrue(row["refresh"])
        self.assertNotIn("update", row)

    def test_create(self):
        record = self.env["amanat.test.realtime"].create({"name": "New"})
        record.quantity = 5
        [row] = self.commit()
        self.assertEqual(row["create"], record.ids)
        self.assertNotIn("update", row)

    def test_create_and_unlink_is_nothing(self):
        self.env["amanat.test.realtime"].create({"name": "New"}).unlink()
        self.assertEqual(self.commit(), [])

    def test_unlink_after_write(self):
        record_id = self.record.id
        self.record.quantity = 5
        self.record.unlink()
        [row] = self.commit()
        self.assertEqual(row["unlink"], [record_id])
        self.assertNotIn("update", row)

    def test_lines_deleted_by_the_database(self):
        self.watch("amanat.test.realtime.line")
        line_id = self.record.line_ids.id
        self.record.unlink()
        rows = {row["model"]: row for row in self.commit()}
        self.assertEqual(rows["amanat.test.realtime.line"]["unlink"], [line_id])

    def test_deleted_line_shows_in_its_parent(self):
        self.record.line_ids.unlink()
        update = self.only_update()
        self.assertEqual(update["diff"], {"total": [20.0, 0.0]})
        self.assertEqual(update["stale"], ["line_ids"])

    def test_added_line_shows_in_its_parent(self):
        self.env["amanat.test.realtime.line"].create(
            {"name": "M", "realtime_id": self.record.id, "price": 5}
        )
        update = self.only_update()
        self.assertEqual(update["diff"], {"total": [20.0, 25.0]})
        self.assertEqual(update["stale"], ["line_ids"])

    def test_refused_deletion_is_not_told(self):
        user = self.new_user("rt_limited", "amanat_realtime.group_realtime_limited")
        with self.assertRaises(AccessError):
            self.record.with_user(user).unlink()
        self.assertEqual(self.commit(), [])

    def test_savepoint_rolled_back(self):
        self.record.quantity = 2
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.record.quantity = 3
            self.env.flush_all()
            raise ValueError
        self.record.date = "2026-11-20"
        last = self.bus_position()
        self.commit()
        rows = self.env["bus.bus"].search([("message", "like", self.live_model)])
        self.assertEqual(len(rows.filtered(lambda row: row.id > last)), 1)
        payload = json.loads(rows[-1].message)["payload"]
        self.assertEqual(
            payload["update"][0]["diff"],
            {"quantity": [1, 2], "date": [False, "2026-11-20"]},
        )

    def test_nested_savepoints_are_one_row(self):
        last = self.bus_position()
        self.record.quantity = 2
        with self.env.cr.savepoint():
            self.record.quantity = 3
            with self.assertRaises(ValueError), self.env.cr.savepoint():
                self.record.quantity = 4
                raise ValueError
            self.record.date = "2026-11-20"
        self.record.state = "done"
        self.commit()
        [row] = self.rows_after(last)
        self.assertEqual(
            row["update"][0]["diff"],
            {
                "quantity": [1, 3],
                "date": [False, "2026-11-20"],
                "state": ["draft", "done"],
            },
        )

    def test_outer_savepoint_rolled_back(self):
        last = self.bus_position()
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.record.quantity = 3
            with self.env.cr.savepoint():
                self.record.quantity = 4
            raise ValueError
        self.commit()
        self.assertEqual(self.rows_after(last), [])

    def test_row_written_long_before_the_commit_gets_a_new_id(self):
        self.env.cr.postcommit.clear()
        last = self.bus_position()
        self.record.quantity = 2
        with self.env.cr.savepoint():
            pass
        [row] = self.rows_after(last)
        last = self.bus_position()
        with (
            self.enter_registry_test_mode(),
            patch("odoo.addons.amanat_realtime.recording.late_rows.LATE", -1),
        ):
            self.env.cr.postcommit.run()
        self.assertEqual(self.rows_after(last), [row])

    def test_rolled_back_savepoint_restores_the_row_before_it(self):
        last = self.bus_position()
        self.record.quantity = 2
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.record.quantity = 3
            with self.env.cr.savepoint():
                self.record.quantity = 4
            raise ValueError
        self.record.date = "2026-11-20"
        self.commit()
        [row] = self.rows_after(last)
        self.assertEqual(
            row["update"][0]["diff"],
            {"quantity": [1, 2], "date": [False, "2026-11-20"]},
        )

    def test_two_transactions_are_two_rows(self):
        last = self.bus_position()
        self.record.quantity = 2
        self.commit()
        self.record.quantity = 1
        self.commit()
        diffs = [row["update"][0]["diff"] for row in self.rows_after(last)]
        self.assertEqual(diffs, [{"quantity": [1, 2]}, {"quantity": [2, 1]}])

    def test_rolled_back_transaction_sends_nothing(self):
        last = self.bus_position()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            record = self.record.with_env(self.env(cr=cr))
            record.quantity = 9
            record.env.flush_all()
            cr.rollback()
        self.assertEqual(self.rows_after(last), [])

    @mute_logger("odoo.service.model")
    def test_serialization_retry_sends_once(self):
        last = self.bus_position()
        attempts = []

        def work():
            record.quantity = 9
            record.env.cr.flush()
            attempts.append(1)
            if len(attempts) == 1:
                fail = "DO $$ BEGIN RAISE serialization_failure; END $$"
                record.env.cr.execute(fail, log_exceptions=False)

        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
            patch("odoo.service.model.time.sleep"),
        ):
            record = self.record.with_env(self.env(cr=cr))
            retrying(work, record.env)
        self.assertEqual(len(attempts), 2)
        [row] = self.rows_after(last)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [1, 9]})

    def test_context_switch(self):
        record = self.record.with_context(amanat_realtime_disable=True)
        record.quantity = 2
        record.copy().unlink()
        record.env.flush_all()
        self.assertEqual(self.commit(), [])

    def test_context_switch_holds_for_what_was_written_under_it(self):
        other = self.record.copy()
        self.commit()
        quiet = self.env["amanat.test.realtime"].with_context(
            amanat_realtime_disable=True
        )
        # what was pending is told, whoever flushes it
        self.record.quantity = 2
        quiet.search([("quantity", "=", 2)])
        self.record.sequence = 7
        # what was quiet stays so, whoever flushes it, with all that follows from it
        quiet.browse(other.id).write({"color": 3})
        other.with_context(amanat_realtime_disable=True).line_ids.price = 99
        self.record.date = "2026-11-20"
        [row] = self.commit()
        self.assertEqual([g["ids"] for g in row["update"]], [self.record.ids])
        self.assertEqual(
            set(row["update"][0]["diff"]), {"quantity", "sequence", "date"}
        )

    def test_deletion_does_not_hide_the_error_of_another_write(self):
        Tag = self.env["amanat.test.realtime.tag"]
        Tag.create({"name": "Taken"})
        free = Tag.create({"name": "Free"})
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            with self.env.cr.savepoint(flush=False):
                free.name = "Taken"
                self.record.unlink()
        self.env.invalidate_all(flush=False)
        self.env.transaction.clear()

    def test_author_is_the_person_not_the_system(self):
        user = self.new_user("rt_author")
        self.record.with_user(1).quantity = 5
        self.record.with_user(user).color = 1
        self.record.with_user(1).sequence = 5
        [row] = self.commit()
        self.assertEqual(row["by"], user.id)

    def test_nothing_while_a_module_is_installed(self):
        with patch.object(self.registry, "ready", False):
            self.record.quantity = 2
            self.env.flush_all()
        self.assertEqual(self.commit(), [])

    def test_only_realtime_fields_are_told(self):
        Model = type(self.record)
        fields = lambda self: ["name"]  # noqa: E731
        with patch.object(Model, "_get_realtime_fields", fields):
            self.record.write({"name": "Two", "quantity": 5})
            self.assertEqual(self.only_update()["diff"], {"name": ["One", "Two"]})

    def test_default_fields(self):
        names = self.record._get_realtime_fields()
        self.assertIn("total", names)
        self.assertIn("tag_ids", names)
        for name in ("id", "write_date", "create_uid", "display_name"):
            self.assertNotIn(name, names)

    def test_row_without_watchers(self):
        self.env.cr.execute("DELETE FROM amanat_realtime_lease")
        self.env.cr.postcommit.data.clear()
        self.record.quantity = 2
        self.assertEqual(self.commit(), [])

    def test_unwatched_model_costs_one_query_at_most(self):
        def work(record):
            for quantity in (2, 3, 4):
                record.quantity = quantity
                self.env.flush_all()
            self.commit()

        self.env.cr.execute("DELETE FROM amanat_realtime_lease")
        self.env.cr.postcommit.data.clear()
        disabled = self.record.with_context(amanat_realtime_disable=True)
        work(self.record)
        work(disabled)
        start = self.env.cr.sql_log_count
        work(disabled)
        without = self.env.cr.sql_log_count - start
        lease_cache(self.registry).granted()
        self.env.cr.postcommit.data.clear()
        start = self.env.cr.sql_log_count
        work(self.record)
        self.assertEqual(self.env.cr.sql_log_count - start, without + 1)

    def test_model_is_watched_from_the_moment_it_is_read(self):
        Model = self.env["amanat.test.realtime"]
        for read in (
            lambda: Model.web_search_read([], {"name": {}}),
            lambda: Model.web_read_group([], ["state"]),
            lambda: self.record.web_read({"name": {}}),
        ):
            self.env.cr.execute("DELETE FROM amanat_realtime_lease")
            self.env.cr.postcommit.data.clear()
            read()
            self.record.quantity += 1
            self.assertTrue(self.commit())

    def test_model_is_watched_from_the_moment_a_report_reads_it(self):
        Model = self.env["amanat.test.realtime"]
        target = "odoo.addons.amanat_realtime.models.base_model_views.tab_of_request"
        for read, tab in itertools.product(
            (
                lambda: Model.formatted_read_group([], ["state"], ["amount:sum"]),
                lambda: Model.formatted_read_grouping_sets([], [[], ["state"]]),
                lambda: Model.search_read([], ["name"]),
            ),
            # other programs, and the server itself, read without looking
            ("a-tab", None),
        ):
            self.env.cr.execute("DELETE FROM amanat_realtime_lease")
            self.env.cr.postcommit.data.clear()
            with patch(target, return_value=tab):
                read()
            self.record.quantity += 1
            self.assertEqual(bool(self.commit()), bool(tab))

    def test_failure_of_ours_does_not_break_the_write(self):
        target = "odoo.addons.amanat_realtime.recording.pending.summarize"
        with (
            patch(target, side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.amanat_realtime.recording.guard"),
        ):
            self.record.quantity = 2
            self.assertEqual(self.commit(), [])
        self.assertEqual(self.record.quantity, 2)

    def test_failing_query_of_ours_does_not_break_the_write(self):
        def fail(env, books):
            env.cr.execute("SELECT no_such_column FROM bus_bus")

        target = "odoo.addons.amanat_realtime.recording.pending.summarize"
        with (
            patch(target, fail),
            mute_logger("odoo.sql_db", "odoo.addons.amanat_realtime.recording.guard"),
        ):
            self.record.quantity = 2
            self.commit()
        self.env.invalidate_all()
        self.assertEqual(self.record.quantity, 2)

    def test_one_cell_is_at_most_300_bytes(self):
        user = self.new_user("reader", name="Maximiliane Reader-Writer")
        record = self.record.with_user(user)
        last = self.bus_position()
        record.partner_id = self.env["res.partner"].create({"name": "Deco Addict"})
        self.commit()
        [message] = self.received_by(user, last)
        message["tab"] = "0b1fda5e-6ac6-4f6e-9c3e-0d7d5a0f7e11"
        self.assertEqual(list(message["update"][0]["diff"]), ["partner_id"])
        size = len(json.dumps(message, separators=(",", ":")).encode())
        self.assertLessEqual(size, 300)
