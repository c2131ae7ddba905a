"""Promise: however much one transaction changes, each model has one row on the bus, and
the log of the server at most one line that is not for debugging.
"""

import logging

from odoo.tests import tagged

from .common import RealtimeCase

LOG = "odoo.addons.amanat_realtime.recording.log"


@tagged("post_install", "-at_install")
class TestBulk(RealtimeCase):
    def make(self, count):
        return self.env[self.live_model].create(
            [{"name": f"bulk {i}", "quantity": i} for i in range(count)]
        )

    def rows_of(self, work):
        """What is on the bus after ``work`` and its commit, savepoints included."""
        last = self.bus_position()
        work()
        self.commit()
        return self.rows_after(last)

    def load(self, count):
        rows = [[f"imported {i}", str(i)] for i in range(count)]
        result = self.env[self.live_model].load(["name", "quantity"], rows)
        self.assertFalse(result["messages"])

    def test_write_on_1000_records_is_one_entry(self):
        records = self.make(1000)
        self.commit()
        records.write({"state": "done"})
        [row] = self.commit()
        [update] = row["update"]
        self.assertEqual(sorted(update["ids"]), records.ids)
        self.assertEqual(update["diff"]["state"], ["draft", "done"])

    def test_an_import_is_one_row_although_it_is_done_in_batches(self):
        [row] = self.rows_of(lambda: self.load(1200))
        self.assertEqual(len(row["create"]), 1200)
        self.assertNotIn("update", row)

    def test_an_import_of_more_than_5000_is_a_refresh(self):
        [row] = self.rows_of(lambda: self.load(5001))
        self.assertTrue(row["refresh"])
        self.assertFalse({"create", "update"} & row.keys())

    def test_an_import_that_changes_what_is_there(self):
        records = self.make(150)
        data = records.export_data(["id", "quantity"])["datas"]
        self.commit()
        rows = [[xmlid, str(quantity + 1000)] for xmlid, quantity in data]
        model = self.env[self.live_model]
        [row] = self.rows_of(lambda: model.load(["id", "quantity"], rows))
        ids = [id_ for entry in row["update"] for id_ in entry["ids"]]
        self.assertEqual(sorted(ids), records.ids)

    def test_a_job_that_gives_each_record_another_value(self):
        records = self.make(300)
        self.commit()
        for record in records:
            record.quantity += 1000
        [row] = self.commit()
        self.assertTrue(row["refresh"])

    def test_a_job_that_saves_each_record_in_a_savepoint(self):
        records = self.make(100)
        self.commit()

        def work():
            for record in records:
                with self.env.cr.savepoint():
                    record.quantity += 1000

        [row] = self.rows_of(work)
        self.assertEqual(len(row["update"]), 100)

    def test_a_job_that_commits_in_batches_has_a_row_for_each(self):
        records = self.make(300)
        self.commit()
        for start in range(0, 300, 100):
            batch = records[start : start + 100]
            batch.write({"state": "in_progress"})
            [row] = self.commit()
            [update] = row["update"]
            self.assertEqual(sorted(update["ids"]), batch.ids)

    def test_deleting_1000_records_is_one_row(self):
        records = self.make(1000)
        self.commit()
        ids = records.ids
        records.unlink()
        [row] = self.commit()
        self.assertEqual(sorted(row["unlink"]), ids)

    def test_operators_read_of_what_costs_all_views_a_read(self):
        records = self.make(201)
        self.commit()
        with self.assertLogs(LOG, logging.DEBUG) as logs:
            for number, record in enumerate(records):
                record.quantity = 1000 + number
            self.commit()
        self.assertEqual([record.levelname for record in logs.records], ["INFO"])
        self.assertIn(self.live_model, logs.output[0])

    def test_details_are_for_debugging(self):
        records = self.make(3)
        self.commit()
        with self.assertLogs(LOG, logging.DEBUG) as logs:
            records.write({"quantity": 77})
            records[:1].unlink()
            self.make(2)
            self.commit()
        [line] = logs.records
        self.assertEqual(line.levelname, "DEBUG")
        self.assertIn("2 updated, 2 created, 1 deleted", line.getMessage())
