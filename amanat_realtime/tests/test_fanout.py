"""Promise: websockets that are served together get what each would get alone: the same
messages, under the same rights, once, whatever happens meanwhile.
"""

import json
import queue
import socket
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import Mock, patch

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.fanout import batch, rows, switch
from odoo.addons.amanat_realtime.fanout.worker import worker
from odoo.addons.bus.models.bus import dispatch
from odoo.addons.bus.websocket import CloseCode

from .fanout_common import FanoutCase

LIMITED = "amanat_realtime.group_realtime_limited"


@tagged("post_install", "-at_install")
class TestFanout(FanoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_user("rt_ann_ann")
        cls.ben = cls.new_user("rt_ben_ben")
        cls.limited = cls.new_user("rt_limited", LIMITED)

    def test_everybody_gets_a_change_past_their_own_thread(self):
        connections = [self.follow(user) for user in (self.ann, self.ben, self.ann)]
        self.change(quantity=5)
        expected = [{"ids": self.record.ids, "diff": {"quantity": [0, 5]}}]
        for connection in connections:
            [payload] = self.payloads(connection)
            self.assertEqual(payload["update"], expected)
        self.assertShared(3)

    def test_all_channels_profit(self):
        connection = self.follow(channels=["anything"])
        self.send("anything", {"text": 'é "quoted" ☃'})
        self.assertEqual(self.payloads(connection), [{"text": 'é "quoted" ☃'}])
        self.assertShared(1)

    def test_rights_are_those_of_each_recipient(self):
        watching, limited = self.follow(self.ann), self.follow(self.limited)
        self.change(quantity=5)
        [payload] = self.payloads(watching)
        self.assertIn("update", payload)
        # nothing but that the row has been seen
        self.assertEqual(self.payloads(limited), [{}])
        self.assertShared(2)

    def test_rights_that_are_taken_away_are_gone_at_once(self):
        connection = self.follow(self.ann)
        self.change(quantity=5)
        [payload] = self.payloads(connection)
        self.assertIn("update", payload)
        self.ann.group_ids = [Command.link(self.env.ref(LIMITED).id)]
        self.ann.group_ids = [Command.unlink(self.env.ref("base.group_user").id)]
        self.change(quantity=6)
        self.assertNotIn("6", json.dumps(self.payloads(connection)))

    def test_a_new_rule_holds_at_once(self):
        connection = self.follow(self.ann)
        self.change(quantity=5)
        self.payloads(connection)
        self.env["ir.rule"].create(
            {
                "name": "Nobody",
                "model_id": self.env["ir.model"]._get_id(self.record._name),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self.change(quantity=6)
        [payload] = self.payloads(connection)
        self.assertNotIn("update", payload)

    def test_whoever_reads_another_language_is_judged_apart(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        # that of a contact, which does not touch the user
        self.ben.partner_id.lang = "fr_FR"
        connections = [self.follow(self.ann), self.follow(self.ben)]
        self.change(currency_id=self.env.ref("base.EUR").id)
        for connection in connections:
            self.payloads(connection)
        classes = batch._rights[self.env.cr.dbname]._classes.values()
        self.assertLessEqual({"en_US", "fr_FR"}, {key[-1] for key in classes})
        self.assertShared(2)

    def test_rows_of_a_channel_share_those_who_listen(self):
        ours, foreign = Mock(_db="ours"), Mock(_db="foreign")
        listening = {("ours", "busy"): {ours, foreign}, ("ours", "other"): {ours}}
        channels = [("ours", "busy"), ("ours", "busy"), ("ours", "nobody")]
        rows_found = [SimpleNamespace(channel=channel) for channel in channels]
        with patch.object(dispatch, "_channels_to_ws", listening):
            found = batch._listeners("ours", rows_found)
        self.assertEqual(found, {("ours", "busy"): {ours}, ("ours", "nobody"): set()})

    def test_nothing_comes_twice(self):
        connection = self.follow(self.ann)
        for quantity in range(1, 4):
            self.change(quantity=quantity)
            self.trigger_notification_dispatching([self.channel()])
            [payload] = self.payloads(connection)
            [update] = payload["update"]
            self.assertEqual(update["diff"]["quantity"][1], quantity)

    def test_what_is_committed_late_comes_late(self):
        first = self.follow(channels=["late"])
        reserved = self.bus_position() + 1
        self.env.cr.execute("SELECT setval('bus_bus_id_seq', %s)", [reserved])
        self.send("late", "later id")
        self.assertEqual(self.payloads(first), ["later id"])
        # a transaction that was given its id before, and was committed after
        self.env.cr.execute(
            "INSERT INTO bus_bus (id, channel, message, create_date) "
            "VALUES (%s, %s, %s, now() AT TIME ZONE 'utc')",
            [
                reserved,
                json.dumps([self.env.cr.dbname, "late"], separators=(",", ":")),
                json.dumps({"type": "test", "payload": "earlier id"}),
            ],
        )
        self.trigger_notification_dispatching(["late"])
        self.assertEqual(self.payloads(first), ["earlier id"])
        self.assertShared(2)

    def test_who_comes_later_looks_back(self):
        position = self.bus_position()
        first = self.follow(self.ann)
        self.change(quantity=5)
        self.payloads(first)
        # core's helper waits for core's own way
        second = self.follow(self.ben, last=position)
        [payload] = self.payloads(second)
        self.assertIn("update", payload)
        self.assertShared(1)

    def test_all_who_come_later_look_back_together(self):
        position = self.bus_position()
        for quantity in (5, 6):
            self.record.quantity = quantity
            self.commit()
        served = queue.Queue()
        serve = batch.serve

        def spy(dbname, websockets, look_back):
            left = serve(dbname, websockets, look_back)
            served.put((look_back, list(left)))
            return left

        with patch(f"{type(worker).__module__}.serve", spy):
            for user in (self.ann, self.ben):
                connection = self.follow(user, last=position, wait_for_dispatch=False)
                told = [p["update"][0]["diff"] for p in self.payloads(connection)]
                self.assertEqual(told, [{"quantity": [0, 5]}, {"quantity": [5, 6]}])
                self.assertEqual(served.get(timeout=10), (True, []))
        self.assertShared(2)
        # and nothing of it comes again
        self.change(quantity=7)
        [payload] = self.payloads(connection)
        self.assertEqual(payload["update"][0]["diff"], {"quantity": [6, 7]})

    def test_who_was_idle_does_not_have_others_messages_read_again(self):
        idle, busy = self.follow(channels=["quiet"]), self.follow(channels=["busy"])
        for number in range(3):
            self.send("busy", number)
            self.payloads(busy)
        # as it is some minutes later
        batch._readers.pop(self.env.cr.dbname)
        [websocket] = dispatch._channels_to_ws[(self.env.cr.dbname, "busy")]
        websocket._notif_history.clear()
        websocket._last_notif_sent_id = self.bus_position()
        read = []
        new_rows = rows.Reader.new_rows

        def spy(*args, **kwargs):
            found = new_rows(*args, **kwargs)
            read.extend(row.message["payload"] for row in found)
            return found

        with patch.object(rows.Reader, "new_rows", spy):
            self.env["bus.bus"]._sendone("quiet", "test", "for the idle one")
            self.env["bus.bus"]._sendone("busy", "test", "for the busy one")
            self.trigger_notification_dispatching(["quiet", "busy"])
            self.assertEqual(self.payloads(idle), ["for the idle one"])
            self.assertEqual(self.payloads(busy), ["for the busy one"])
        self.assertEqual(read, ["for the idle one", "for the busy one"])

    def test_who_has_never_heard_anything_looks_back_a_little(self):
        self.env["bus.bus"]._sendone("old", "test", "long ago")
        self.env.cr.precommit.run()
        long_ago = fields.Datetime.now() - timedelta(hours=1)
        self.env.cr.execute("UPDATE bus_bus SET create_date = %s", [long_ago])
        connection = self.follow(channels=["old"], last=0)
        self.send("old", "now")
        self.assertEqual(self.payloads(connection), ["now"])

    def test_who_has_logged_out_hears_nothing(self):
        connection = self.follow(self.ann)
        self.change(quantity=5)
        self.payloads(connection)
        self.log_out()
        self.change(quantity=6)
        self.assert_close_with_code(connection, CloseCode.SESSION_EXPIRED)

    def test_a_new_password_ends_other_sessions(self):
        connection = self.follow(self.ann)
        self.change(quantity=5)
        self.payloads(connection)
        self.ann.password = "another password"
        self.change(quantity=6)
        self.assert_close_with_code(connection, CloseCode.SESSION_EXPIRED)

    def test_a_deactivated_user_hears_nothing(self):
        connection = self.follow(self.ann)
        self.ann.active = False
        self.change(quantity=6)
        self.assert_close_with_code(connection, CloseCode.SESSION_EXPIRED)

    def test_nobody_waits_for_a_slow_reader(self):
        slow = self.follow(channels=["large"])
        [websocket] = dispatch._channels_to_ws[(self.env.cr.dbname, "large")]
        connection = websocket._Websocket__socket
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        # in tests, Odoo gives up on whoever reads nothing for five seconds
        connection.settimeout(60)
        quick = self.follow(channels=["large"])
        sent = [letter * 1_000_000 for letter in "abc"]
        for text in sent:
            self.send("large", text)
            # the slow one has read nothing yet
            self.assertEqual(self.payloads(quick), [text])
        got = []
        while len(got) < len(sent):
            got += self.payloads(slow)
        self.assertEqual([text[0] for text in got], ["a", "b", "c"])
        self.assertEqual(got, sent)
        self.assertIn(False, list(self.shared.queue))

    def test_queries_do_not_depend_on_how_many_listen(self):
        counted = queue.Queue()
        serve = batch.serve

        def counting(*args):
            before = self.cr.sql_log_count
            left = serve(*args)
            counted.put(self.cr.sql_log_count - before)
            return left

        def queries():
            self.change(quantity=self.record.quantity + 1)
            for connection in connections:
                self.payloads(connection)
            return counted.get(timeout=10)

        connections = [self.follow(self.ann), self.follow(self.ben)]
        with patch(f"{type(worker).__module__}.serve", counting):
            queries()
            few = queries()
            connections += [self.follow(self.ann), self.follow(self.ben)]
            queries()
            many = queries()
        self.assertEqual(many, few)
        self.assertGreater(few, 0)


@tagged("post_install", "-at_install")
class TestFanoutFallback(FanoutCase):
    """What is not as expected is left to core, and nothing is lost."""

    def test_a_surprise(self):
        connection = self.follow(channels=["anything"])
        with (
            patch.object(worker, "_has_failed", False),
            patch.object(batch, "Parts", side_effect=RuntimeError("surprise")),
            self.assertLogs("odoo.addons.amanat_realtime.fanout", "WARNING") as logs,
        ):
            self.send("anything", 1)
            self.assertEqual(self.payloads(connection), [1])
            worker._rests.clear()
            self.send("anything", 2)
            self.assertEqual(self.payloads(connection), [2])
        self.assertEqual(len(logs.records), 1)
        self.assertShared(0)

    def test_after_a_surprise_core_is_left_alone_for_a_while(self):
        connection = self.follow(channels=["anything"])
        with patch.object(batch, "Parts", side_effect=RuntimeError("surprise")):
            with mute_logger("odoo.addons.amanat_realtime.fanout.worker"):
                self.send("anything", 1)
                self.assertEqual(self.payloads(connection), [1])
        self.send("anything", 2)
        self.assertEqual(self.payloads(connection), [2])
        self.assertShared(0)

    def test_switched_off(self):
        connection = self.follow(channels=["anything"])
        self.env["ir.config_parameter"].set_param(switch.PARAMETER, "False")
        self.send("anything", 1)
        self.assertEqual(self.payloads(connection), [1])
        self.assertShared(0)

    def test_another_addon_reads_the_bus_in_its_own_way(self):
        connection = self.follow(channels=["anything"])
        with patch.object(switch, "_KNOWN", {"odoo.addons.bus.models.bus"}):
            self.send("anything", 1)
            self.assertEqual(self.payloads(connection), [1])
        self.assertShared(0)

    def test_another_addon_sends_in_its_own_way(self):
        connection = self.follow(channels=["anything"])
        with patch.object(worker, "_is_alone", return_value=False):
            self.send("anything", 1)
            self.assertEqual(self.payloads(connection), [1])
        self.assertShared(0)
