"""Promise: what a change means to a recipient is decided by their rights before and
after it, for every message, and once for all who have equal rights.
"""

import json
from unittest.mock import patch

from odoo import Command, models
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.delivery import deliver, message
from odoo.addons.amanat_realtime.delivery.access_class import access_class
from odoo.addons.bus.tests.common import WebsocketCase

from .common import RealtimeCase, RealtimeMixin

LIMITED = "amanat_realtime.group_realtime_limited"


@tagged("post_install", "-at_install")
class TestDelivery(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls.new_user("rt_open")
        cls.limited = cls.new_user("rt_limited", LIMITED)
        cls.other = cls.new_user("rt_other", LIMITED)

    def setUp(self):
        super().setUp()
        deliver.decisions.clear()
        Model = self.env["amanat.test.realtime"]
        self.mine = Model.create({"name": "Mine", "user_id": self.limited.id})
        self.theirs = Model.create({"name": "Theirs", "user_id": self.other.id})
        self.last = self.bus_position()
        self.commit()
        self.last = self.bus_position()

    def got(self, user, **kwargs):
        """Return the lists of the only message, without its header."""
        [payload] = self.received_by(user, self.last, **kwargs)
        lists = {"update", "create", "unlink", "enter", "leave", "refresh"}
        return {key: value for key, value in payload.items() if key in lists}

    def test_update(self):
        self.mine.quantity = 5
        self.commit()
        update = {"ids": self.mine.ids, "diff": {"quantity": [0, 5]}}
        self.assertEqual(self.got(self.limited), {"update": [update]})
        self.assertEqual(self.got(self.open), {"update": [update]})
        self.assertEqual(self.got(self.other), {})

    def test_header(self):
        self.mine.with_user(self.open).quantity = 5
        self.commit()
        [payload] = self.received_by(self.limited, self.last)
        self.assertEqual(payload["v"], 1)
        self.assertEqual(payload["model"], "amanat.test.realtime")
        self.assertEqual(payload["by"], {"id": self.open.id, "name": self.open.name})
        self.assertRegex(payload["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertNotIn("tab", payload)

    def test_enter_and_leave(self):
        self.mine.user_id = self.other
        self.commit()
        self.assertEqual(self.got(self.limited), {"leave": self.mine.ids})
        self.assertEqual(self.got(self.other), {"enter": self.mine.ids})
        self.assertEqual(list(self.got(self.open)), ["update"])

    def test_create(self):
        record = self.env["amanat.test.realtime"].create(
            {"name": "New", "user_id": self.limited.id}
        )
        self.commit()
        self.assertEqual(self.got(self.limited), {"create": record.ids})
        self.assertEqual(self.got(self.other), {})

    def test_unlink(self):
        record_id = self.mine.id
        self.mine.unlink()
        self.commit()
        self.assertEqual(self.got(self.limited), {"unlink": [record_id]})
        self.assertEqual(self.got(self.open), {"unlink": [record_id]})
        self.assertEqual(self.got(self.other), {})

    def test_moved_then_deleted(self):
        record_id = self.mine.id
        self.mine.user_id = self.other
        self.env.flush_all()
        self.mine.unlink()
        self.commit()
        self.assertEqual(self.got(self.limited), {"unlink": [record_id]})
        self.assertEqual(self.got(self.other), {})

    def test_two_transactions_before_a_recipient_looks(self):
        """Each message is judged by the rights of its own time."""
        self.theirs.write({"name": "public"})
        self.commit()
        self.theirs.user_id = self.limited
        self.commit()
        first, second = self.received_by(self.limited, self.last)
        self.assertEqual(first, {})
        self.assertEqual(second["enter"], self.theirs.ids)

    def test_taken_away_then_moved_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.mine.user_id = self.other
        self.commit()
        self.mine.company_id = company
        self.commit()
        first, second = self.received_by(self.limited, self.last)
        self.assertEqual(first["leave"], self.mine.ids)
        self.assertEqual(second, {})

    def test_taken_away_then_given_back(self):
        self.mine.write({"user_id": self.other.id, "name": "meanwhile"})
        self.commit()
        self.mine.user_id = self.limited
        self.commit()
        first, second = self.received_by(self.limited, self.last)
        self.assertEqual(first["leave"], self.mine.ids)
        self.assertNotIn("update", first)
        self.assertEqual(second["enter"], self.mine.ids)
        self.assertNotIn("meanwhile", repr([first, second]))

    def test_changed_then_taken_away(self):
        self.mine.name = "too late"
        self.commit()
        self.mine.user_id = self.other
        self.commit()
        first, second = self.received_by(self.limited, self.last)
        self.assertEqual(first, {})
        self.assertEqual(second["leave"], self.mine.ids)

    def test_taken_away_then_deleted(self):
        record_id = self.mine.id
        self.mine.user_id = self.other
        self.commit()
        self.mine.unlink()
        self.commit()
        first, second = self.received_by(self.limited, self.last)
        self.assertEqual(first["leave"], [record_id])
        self.assertEqual(second, {})

    def test_lines_leave_with_their_parent(self):
        self.watch("amanat.test.realtime.line")
        line = self.env["amanat.test.realtime.line"].create(
            {"name": "L", "realtime_id": self.mine.id}
        )
        self.commit()
        self.last = self.bus_position()
        line_id, model = line.id, line._name
        self.mine.unlink()
        self.commit()
        for user in (self.limited, self.open):
            self.assertEqual(self.got(user, model_name=model), {"unlink": [line_id]})
        self.assertEqual(self.got(self.other, model_name=model), {})

    def test_old_values_are_not_told_after_a_while(self):
        self.mine.quantity = 5
        self.commit()
        with patch.object(message, "FRESH", -1):
            [update] = self.got(self.limited)["update"]
        self.assertEqual(update, {"ids": self.mine.ids, "stale": ["quantity"]})

    def test_batch_is_split_by_rights(self):
        (self.mine | self.theirs).write({"state": "done"})
        self.commit()
        [update] = self.got(self.limited)["update"]
        self.assertEqual(update["ids"], self.mine.ids)
        [update] = self.got(self.open)["update"]
        self.assertEqual(update["ids"], (self.mine | self.theirs).ids)

    def test_rights_that_follow_a_parent(self):
        self.watch("amanat.test.realtime.line")
        line = self.env["amanat.test.realtime.line"].create(
            {"name": "L", "realtime_id": self.mine.id}
        )
        self.commit()
        self.last = self.bus_position()
        line.realtime_id = self.theirs
        self.commit()
        model = "amanat.test.realtime.line"
        self.assertEqual(self.got(self.limited, model_name=model), {"leave": line.ids})
        self.assertEqual(self.got(self.other, model_name=model), {"enter": line.ids})

    def test_refresh_names_nobody_to_those_with_rules(self):
        records = self.env["amanat.test.realtime"].create(
            [{"name": str(i), "user_id": self.other.id} for i in range(201)]
        )
        self.commit()
        self.last = self.bus_position()
        for number, record in enumerate(records):
            record.quantity = number + 1
        self.commit()
        [payload] = self.received_by(self.limited, self.last)
        self.assertTrue(payload["refresh"])
        self.assertNotIn("by", payload)

    def test_name_of_a_reference(self):
        partner = self.env["res.partner"].create({"name": "Azure Interior"})
        self.mine.partner_id = partner
        self.commit()
        [update] = self.got(self.limited)["update"]
        self.assertEqual(
            update["diff"]["partner_id"],
            [False, {"id": partner.id, "display_name": "Azure Interior"}],
        )

    def test_nothing_left_is_an_empty_message_that_counts(self):
        self.theirs.quantity = 5
        self.commit()
        bus = self.env["bus.bus"].with_user(self.limited)
        [found] = bus._poll([self.channel()], self.last)
        self.assertEqual(found["message"]["payload"], {})
        self.assertEqual(found["id"], self.bus_position())

    def test_rooms(self):
        Model = type(self.mine)
        rooms = lambda self: [str(self.date)[:7]] if self.date else []  # noqa: E731
        with patch.object(Model, "_get_realtime_rooms", rooms):
            self.mine.date = "2026-11-20"
            self.commit()
            self.last = self.bus_position()
            self.mine.date = "2026-12-01"
            self.commit()
            update = {
                "ids": self.mine.ids,
                "diff": {"date": ["2026-11-20", "2026-12-01"]},
            }
            for room in (None, "2026-11", "2026-12"):
                self.assertEqual(self.got(self.open, room=room), {"update": [update]})
                [payload] = self.received_by(self.open, self.last, room=room)
                self.assertEqual(payload.get("room"), room)
            self.assertEqual(self.received_by(self.open, self.last, room="2027-01"), [])
            self.last = self.bus_position()
            self.mine.unlink()
            self.commit()
            self.assertEqual(
                len(self.received_by(self.open, self.last, room="2026-12")), 1
            )

    def test_rooms_computed_from_other_fields(self):
        Model = type(self.mine)

        def rooms(record):
            # a field without a column, and what is no name of a room
            return [record.display_name, False]

        with patch.object(Model, "_get_realtime_rooms", rooms):
            self.mine.name = "North"
            self.commit()
            for room in ("Mine", "North"):
                [update] = self.got(self.open, room=room)["update"]
                self.assertEqual(update["diff"], {"name": ["Mine", "North"]})
            self.assertEqual(len(self.received_by(self.open, self.last)), 1)
            self.last = self.bus_position()
            self.mine._send_realtime_notification("approved")
            self.commit()
            [payload] = self.received_by(self.open, self.last, room="North")
            self.assertEqual(payload["action"], "approved")

    def test_notification_of_a_program(self):
        (self.mine | self.theirs)._send_realtime_notification(
            "approved", ["state", "secret_note"], level=2
        )
        self.commit()
        [payload] = self.received_by(self.limited, self.last)
        self.assertEqual(payload["action"], "approved")
        self.assertEqual(payload["ids"], self.mine.ids)
        self.assertEqual(payload["fields"], ["state"])
        self.assertEqual(payload["extra"], {"level": 2})

    def test_notification_update_makes_views_read_again(self):
        self.mine._send_realtime_notification("update", changed_fields=["state"])
        self.commit()
        self.assertEqual(
            self.got(self.limited),
            {"update": [{"ids": self.mine.ids, "stale": ["state"]}]},
        )

    def test_notification_of_unknown_field(self):
        with self.assertRaises(ValueError):
            self.mine._send_realtime_notification("update", changed_fields=["nope"])

    def test_failure_of_ours_says_to_look_again(self):
        self.mine.quantity = 5
        self.commit()
        self.theirs.quantity = 5
        self.commit()
        failing = self.mine.id

        def updates(model, row, ids):
            if row["update"][0]["ids"] == [failing]:
                model.env.cr.execute("SELECT no_such_column FROM bus_bus")
            return original(model, row, ids)

        original = message._updates
        with (
            patch.object(message, "_updates", updates),
            mute_logger(deliver.__name__, "odoo.sql_db"),
        ):
            first, second = self.received_by(self.open, self.last)
        self.assertTrue(first["refresh"])
        self.assertNotIn("update", first)
        self.assertTrue(second["update"])

    def test_messages_of_others_pass_as_they_are(self):
        bus = self.env["bus.bus"].with_user(self.limited)
        for odd in ([1, 2], "text", None):
            found = [{"id": 1, "message": odd}]
            self.assertEqual(deliver.deliver(bus.env, found), found)

    def test_30_recipients_of_one_class_are_one_check(self):
        users = [self.new_user(f"rt_{number}") for number in range(30)]
        (self.mine | self.theirs).write({"user_id": False, "state": "done"})
        self.commit()
        with patch.object(
            message, "readable_now", wraps=message.readable_now
        ) as readable_now:
            messages = [self.received_by(user, self.last) for user in users]
        self.assertEqual(readable_now.call_count, 1)
        self.assertTrue(all(found == messages[0] for found in messages))
        self.assertTrue(messages[0][0]["update"])

    def test_people_with_equal_groups_are_asked_once_for_the_model(self):
        row = {"model": self.live_model, "fields": ["name"]}
        equal = [self.open, self.new_user("rt_equal"), self.new_user("rt_equal_too")]
        envs = [self.env(user=user, context={"lang": "en_US"}) for user in equal]
        Access = type(self.env["ir.model.access"])
        check = Access.check
        asked = []

        def has_access(model, operation):
            asked.append(model.env.uid)
            return model._check_access(operation) is None

        self.env.registry.clear_cache()
        with patch.object(models.BaseModel, "has_access", has_access):
            keys = {access_class(env, row) for env in envs}
            self.assertEqual((len(keys), asked), (1, []))
            # another addon may look at the user
            with patch.object(Access, "check", lambda *args, **kw: check(*args, **kw)):
                asked.clear()
                self.assertEqual({access_class(env, row) for env in envs}, keys)
                self.assertEqual(len(asked), 3)

    def test_following_keeps_no_rights_of_each_follower(self):
        users = [self.open, self.new_user("rt_equal"), self.new_user("rt_equal_too")]
        outside = self.new_user("rt_outside", "base.group_portal")
        self.env.registry.clear_cache()
        original = models.BaseModel.has_access
        asked = []

        def has_access(model, operation):
            asked.append(model.env.uid)
            return original(model, operation)

        def may_follow(user):
            return self.env["ir.websocket"].with_user(user)._may_follow(self.live_model)

        with patch.object(models.BaseModel, "has_access", has_access):
            self.assertTrue(all(map(may_follow, users)))
            self.assertEqual(asked, [])
        self.assertFalse(may_follow(outside))
        self.env["ir.model.access"].search(
            [("model_id.model", "=", self.live_model)]
        ).perm_read = False
        self.assertFalse(any(map(may_follow, users)))

    def test_python_checks_are_decided_per_user(self):
        Model = type(self.mine)
        original = Model._check_access

        def check(records, operation):
            if records.env.user.login == "rt_b" and any(records._ids):
                return records, lambda: None
            return original(records, operation)

        first, second = self.new_user("rt_a"), self.new_user("rt_b")
        with patch.object(Model, "_check_access", check):
            self.env.registry.clear_cache()
            self.mine.quantity = 5
            self.commit()
            self.assertEqual(list(self.got(first)), ["update"])
            self.assertEqual(self.got(second), {})

    def test_python_checks_see_what_records_were_like(self):
        Model = type(self.mine)
        original = Model._check_access

        def check(records, operation):
            hidden = records.filtered(lambda r: r.sudo().name != "public")
            if not records.env.su and hidden and operation == "read":
                return hidden, lambda: None
            return original(records, operation)

        with patch.object(Model, "_check_access", check):
            self.env.registry.clear_cache()
            self.mine.write({"name": "public", "quantity": 5})
            self.commit()
            self.assertEqual(self.got(self.open), {"enter": self.mine.ids})
            self.last = self.bus_position()
            self.mine.name = "hidden"
            self.commit()
            self.assertEqual(self.got(self.open), {"leave": self.mine.ids})


@tagged("post_install", "-at_install")
class TestDeliveryOverWebsocket(RealtimeMixin, WebsocketCase):
    def connect(self, user, channels=("amanat_realtime:amanat.test.realtime",)):
        session = self.authenticate(user.login, user.login)
        socket = self.websocket_connect(cookie=f"session_id={session.sid}")
        self.subscribe(socket, list(channels), self.bus_position())
        # nobody has watched so far
        [notification] = json.loads(socket.recv())
        self.assertTrue(notification["message"]["payload"]["refresh"])
        self.begin_transaction()
        return socket

    def test_way_of_a_change(self):
        """From a write to the frame of a socket, with the leases written on the way."""
        user = self.new_user("rt_socket", password="rt_socket")
        record = self.env["amanat.test.realtime"].create({"name": "One"})
        socket = self.connect(user)
        record.tag_ids = [Command.create({"name": "Over a socket"})]
        record.quantity = 4
        self.commit()
        self.trigger_notification_dispatching([self.channel()])
        [notification] = json.loads(socket.recv())
        self.assertEqual(notification["message"]["type"], "amanat_realtime/changes")
        self.assertEqual(
            notification["message"]["payload"]["update"],
            [{"ids": record.ids, "diff": {"quantity": [0, 4]}, "stale": ["tag_ids"]}],
        )

    def test_hidden_message_is_judged_once(self):
        """A socket that may see nothing does not fetch the same row again."""
        user = self.new_user("rt_socket", LIMITED, password="rt_socket")
        record = self.env["amanat.test.realtime"].create({"name": "One"})
        socket = self.connect(user)
        judged = []
        original = message.messages_for

        def judge(envs, notification_type, row):
            judged.append(row["update"][0]["diff"]["quantity"][1])
            return original(envs, notification_type, row)

        with (
            patch.object(message, "messages_for", judge),
            patch.object(deliver, "messages_for", judge),
        ):
            for quantity in (1, 2, 3):
                deliver.decisions.clear()
                record.quantity = quantity
                self.commit()
                self.trigger_notification_dispatching([self.channel()])
                [notification] = json.loads(socket.recv())
                self.assertEqual(notification["message"]["payload"], {})
        self.assertEqual(judged, [1, 2, 3])
