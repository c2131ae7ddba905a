"""Promise: who comes to a busy table is not made to wait for all that was told in the
last minute: above some messages, the page is read again once; nothing is lost, and
nobody hears more than that something happened.
"""

import json
from unittest.mock import patch

from odoo import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.amanat_realtime.delivery import backlog, deliver
from odoo.addons.amanat_realtime.delivery.backlog import shortened
from odoo.addons.amanat_realtime.fanout import batch
from odoo.addons.amanat_realtime.fanout.rows import Row
from odoo.addons.amanat_realtime.recording.change_set import ChangeSet
from odoo.addons.amanat_realtime.wire import CHANGES

from .common import RealtimeCase
from .fanout_common import MODEL, FanoutCase

TAB = "odoo.addons.amanat_realtime.recording.publish.tab_of_request"
LIMITED = "amanat_realtime.group_realtime_limited"
MOST = 3


def keep_busy(case, times):
    """Commit changes of a record, each with a value of its own."""
    for number in range(times):
        case.record.quantity = number + 1
        case.commit()


def change(number, model="one", **more):
    payload = {"v": 1, "model": model, "by": 2, "tab": "t", "update": [number], **more}
    return {"type": CHANGES, "payload": payload}


@tagged("post_install", "-at_install")
class TestShortened(RealtimeCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(backlog, "MOST", MOST))

    def test_few_are_told_one_by_one(self):
        messages = [change(number) for number in range(MOST)]
        self.assertEqual(shortened(messages), messages)

    def test_of_many_the_last_one_has_the_page_read_again(self):
        messages = [change(number, at="now") for number in range(MOST + 1)]
        *others, last = shortened(messages)
        self.assertEqual(others, [{"type": CHANGES, "payload": {}}] * MOST)
        expected = {"v": 1, "model": "one", "at": "now", "by": None, "refresh": True}
        self.assertEqual(last, {"type": CHANGES, "payload": expected})

    def test_models_rooms_and_other_messages_are_told_apart(self):
        many = [change(number) for number in range(MOST + 1)]
        few = [change(1, model="two"), change(2, room="a"), {"type": "x"}, "text"]
        others = [{"type": "else", "payload": {"model": "one"}}] * (MOST + 1)
        told = shortened([*few, *others, *many, *few])
        self.assertEqual(told[: len(few)], few)
        self.assertEqual(told[len(few) :][: len(others)], others)
        self.assertEqual(told[-len(few) :], few)
        self.assertTrue(told[-len(few) - 1]["payload"]["refresh"])


@tagged("post_install", "-at_install")
class TestShortenedTogether(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(backlog, "MOST", MOST))

    def test_what_is_told_of_a_row_is_one_thing_for_all_who_are_told_it(self):
        rows = [
            Row(number, json.dumps(["db", "one"]), json.dumps(change(number)))
            for number in range(MOST + 1)
        ]
        wanted = {"Ann": rows, "Ben": rows[-1:], "Cem": rows}
        batch._shorten(wanted)
        self.assertEqual(wanted["Ben"], rows[-1:])
        self.assertEqual(wanted["Ann"], wanted["Cem"])
        self.assertFalse({*wanted["Ann"]} & {*rows})
        self.assertEqual([row.id for row in wanted["Ann"]], [row.id for row in rows])
        *others, last = [row.message["payload"] for row in wanted["Ann"]]
        self.assertEqual(others, [{}] * MOST)
        self.assertTrue(last["refresh"])


@tagged("post_install", "-at_install")
class TestBacklog(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls.new_user("rt_open")
        cls.nobody = cls.new_user("rt_nobody", LIMITED)

    def setUp(self):
        super().setUp()
        deliver.decisions.clear()
        self.startPatcher(patch.object(backlog, "MOST", MOST))
        self.record = self.env[MODEL].create({"name": "Busy"})
        self.commit()
        self.last = self.bus_position()

    def test_who_looks_back_on_many_changes(self):
        keep_busy(self, MOST + 1)
        *others, last = self.received_by(self.open, self.last)
        self.assertEqual(others, [{}] * MOST)
        self.assertTrue(last["refresh"])
        self.assertNotIn("by", last)
        self.assertNotIn("update", last)

    def test_no_row_is_judged_for_it(self):
        keep_busy(self, MOST + 1)
        with patch.object(deliver, "message_for", wraps=deliver.message_for) as judge:
            self.received_by(self.open, self.last)
        judge.assert_called_once()

    def test_others_get_the_same_rows_as_ever(self):
        keep_busy(self, MOST + 1)
        self.assertTrue(self.received_by(self.open, self.last)[-1]["refresh"])
        [payload] = self.received_by(self.open, self.bus_position() - 1)
        self.assertIn("update", payload)

    def test_who_may_not_read_the_model_hears_nothing(self):
        keep_busy(self, MOST + 1)
        self.open.group_ids = [Command.set(self.env.ref("base.group_portal").ids)]
        told = self.received_by(self.open, self.last)
        self.assertEqual(told, [{}] * (MOST + 1))

    def test_whom_rules_hide_everything_from_hears_that_something_happened(self):
        keep_busy(self, MOST + 1)
        *_others, last = self.received_by(self.nobody, self.last)
        self.assertEqual(last.keys(), {"v", "model", "at", "refresh"})

    def test_a_bulk_change_at_the_end_is_not_taken_for_it(self):
        """Its own tab would take the message for an echo of what it did itself."""
        keep_busy(self, MOST)
        with patch(TAB, return_value="a-tab"):
            self.record.quantity = 100
            with patch.object(ChangeSet, "to_row", lambda self: {"refresh": True}):
                self.commit()
        # somebody who is there, and is told by whom it is
        [payload] = self.received_by(self.open, self.bus_position() - 1)
        self.assertEqual(payload["tab"], "a-tab")
        *_others, last = self.received_by(self.open, self.last)
        self.assertTrue(last["refresh"])
        self.assertNotIn("tab", last)


@tagged("post_install", "-at_install")
class TestLookingBack(FanoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_user("rt_ann_ann")
        cls.ben = cls.new_user("rt_ben_ben")

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(backlog, "MOST", MOST))

    def test_each_who_comes_is_told_what_they_lack(self):
        begin = self.bus_position()
        keep_busy(self, MOST + 1)
        *others, last = self.payloads(self.follow(self.ann, last=begin))
        self.assertEqual(others, [{}] * MOST)
        self.assertTrue(last["refresh"])
        [payload] = self.payloads(self.follow(self.ben, last=self.bus_position() - 1))
        self.assertIn(f"{MOST + 1}", json.dumps(payload["update"]))

    def test_who_is_there_is_told_everything(self):
        connection = self.follow(self.ann)
        keep_busy(self, MOST + 1)
        self.trigger_notification_dispatching([self.channel()])
        payloads = self.payloads(connection)
        self.assertEqual(len(payloads), MOST + 1)
        self.assertTrue(all(payload.get("update") for payload in payloads))
