"""Promise: what is sent and received is counted rightly, and counting costs a change no
SQL.
"""

from functools import partialmethod
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.monitoring import published
from odoo.addons.amanat_realtime.monitoring.delivered import size_of
from odoo.addons.amanat_realtime.recording import publish
from odoo.addons.amanat_realtime.recording.change_set import ChangeSet

from .common import RealtimeCase
from .monitoring_common import MODEL, MonitoringMixin


@tagged("post_install", "-at_install")
class TestMonitoringCounters(MonitoringMixin, RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan")
        limited = "amanat_realtime.group_realtime_limited"
        cls.limited = cls.new_user("rt_limited", groups=limited)
        cls.records = cls.env[MODEL].create(
            [{"name": f"{i}", "user_id": cls.ivan.id} for i in range(3)]
        )

    def setUp(self):
        super().setUp()
        self.commit_and_count()
        self.addCleanup(self.counted)

    def test_one_message_for_many_records(self):
        self.records.quantity = 5
        self.env[MODEL].create({"name": "New"})
        self.assertEqual(
            self.commit_and_count(),
            {
                "messages": {MODEL: 1},
                "records": {MODEL: 4},
                "coalesced": {MODEL: 3},
            },
        )

    def test_deletion(self):
        self.records[0].unlink()
        self.assertEqual(self.commit_and_count()["records"], {MODEL: 1})

    def test_too_much_for_one_message(self):
        few = partialmethod(ChangeSet.to_row, max_diffs=2)
        with patch.object(ChangeSet, "to_row", few):
            for quantity, record in enumerate(self.records, 7):
                record.quantity = quantity
            counted = self.commit_and_count()
        expected = {"messages": {MODEL: 1}, "refreshes": {MODEL: 1}}
        self.assertEqual(counted, expected)

    def test_nothing_is_counted_before_the_commit(self):
        self.records.quantity = 5
        self.commit()
        self.assertEqual(self.counted(), {})
        self.env.cr.postcommit.run()
        self.assertEqual(self.counted()["messages"], {MODEL: 1})

    def test_a_transaction_that_is_rolled_back(self):
        self.records.quantity = 5
        self.commit()
        # what the rollback of a cursor does
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.run()
        self.assertEqual(self.counted(), {})

    def test_savepoints_are_no_messages(self):
        self.records[0].quantity = 5
        with self.env.cr.savepoint():
            self.records[1].quantity = 5
        self.records[2].quantity = 5
        counted = self.commit_and_count()
        self.assertEqual(counted["messages"], {MODEL: 1})
        self.assertEqual(counted["records"], {MODEL: 3})

    def test_rooms_are_messages_and_no_records(self):
        def rooms(record):
            return [str(record.date)[:7]] if record.date else []

        with patch.object(type(self.records), "_get_realtime_rooms", rooms):
            self.records.date = "2026-11-20"
            counted = self.commit_and_count()
        self.assertEqual(
            counted,
            {
                "messages": {MODEL: 2},
                "records": {MODEL: 3},
                "coalesced": {MODEL: 2},
            },
        )

    def test_notification_of_a_program(self):
        self.records._send_realtime_notification("paid")
        self.assertEqual(self.commit_and_count(), {"notifications": {MODEL: 1}})

    def test_failure_is_not_that_of_the_transaction(self):
        self.records.quantity = 5
        self.commit()
        muted = mute_logger("odoo.addons.amanat_realtime.recording.guard")
        broken = patch.object(published, "merge", side_effect=ZeroDivisionError)
        with muted, broken:
            self.env.cr.postcommit.run()
        self.assertEqual(self.counted(), {})

    def test_it_costs_a_change_no_query(self):
        def queries(quantity):
            self.records.quantity = quantity
            before = self.env.cr.sql_log_count
            self.commit_and_count()
            return self.env.cr.sql_log_count - before

        queries(1)
        counted = queries(2)
        with patch.object(publish, "note_published"):
            self.assertEqual(queries(3), counted)

    def test_delivery(self):
        last = self.bus_position()
        self.records.quantity = 5
        self.commit_and_count()
        [payload] = self.received_by(self.ivan, last)
        delivered = {"delivered": {MODEL: 1}, "bytes": {MODEL: size_of(payload)}}
        self.assertEqual(self.counted(), delivered)
        # the decision is shared, what is delivered is not
        self.received_by(self.ivan, last)
        self.assertEqual(self.counted(), delivered)

    def test_what_is_kept_back(self):
        last = self.bus_position()
        self.records.quantity = 5
        self.commit_and_count()
        self.assertEqual(self.received_by(self.limited, last), [{}])
        self.assertEqual(self.counted(), {"filtered": {MODEL: 1}})

    def test_messages_of_others_are_not_counted(self):
        partner = self.ivan.partner_id
        last = self.bus_position()
        partner._bus_send("something", {"model": MODEL})
        self.commit()
        self.env["bus.bus"].with_user(self.ivan)._poll([partner], last)
        self.assertEqual(self.counted(), {})

    def test_size_is_that_of_the_wire(self):
        self.assertEqual(size_of({"a": "é"}), len('{"a":"é"}'.encode()))
