"""Promise: a program reaches exactly the people it names, after the commit, with what
each of them may know; what cannot be sent is refused when it is said.
"""

import json

from odoo import Command
from odoo.tests import tagged

from odoo.addons.amanat_realtime.activation.switches import set_enabled
from odoo.addons.amanat_realtime.recording.addressed import personal_channel
from odoo.addons.amanat_realtime.recording.sendable import MAX_BYTES

from .common import RealtimeCase

LIMITED = "amanat_realtime.group_realtime_limited"
MODEL = "amanat.test.realtime"
TYPE = "amanat_realtime/notification"


@tagged("post_install", "-at_install")
class TestUserNotification(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls.new_user("rt_open")
        cls.limited = cls.new_user("rt_limited", LIMITED)
        Model = cls.env[MODEL]
        cls.mine = Model.create({"name": "Mine", "user_id": cls.limited.id})
        cls.theirs = Model.create({"name": "Theirs", "user_id": cls.open.id})

    def setUp(self):
        super().setUp()
        self.commit()
        self.last = self.bus_position()

    def got(self, user):
        """Return what the tabs of a person are given, without what is withheld."""
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].with_user(user)
        found = bus._poll([personal_channel(user)], self.last or -1)
        told = [n["message"] for n in found if n["message"]["type"] == TYPE]
        return [message["payload"] for message in told if message["payload"]]

    def test_everything_is_switched_off(self):
        self.open._send_realtime_notification("ping", MODEL, [{"n": 1}])
        self.assertEqual(len(self.got(self.open)), 1)
        set_enabled(self.env, False)
        self.assertEqual(self.got(self.open), [])

    def test_as_documented(self):
        self.open.with_user(self.open)._send_realtime_notification(
            "custom_action", MODEL, [{"id": self.mine.id, "message": "Done"}], ["state"]
        )
        [payload] = self.got(self.open)
        by = {"id": self.open.id, "name": self.open.name}
        self.assertEqual(payload.pop("by"), by)
        self.assertTrue(payload.pop("at"))
        self.assertEqual(
            payload,
            {
                "v": 1,
                "model": MODEL,
                "action": "custom_action",
                "ids": self.mine.ids,
                "records": [{"id": self.mine.id, "message": "Done"}],
                "fields": ["state"],
            },
        )
        self.assertEqual(self.got(self.limited), [])

    def test_several_people(self):
        (self.open | self.limited)._send_realtime_notification("ping", MODEL, [])
        for user in (self.open, self.limited):
            self.assertEqual([p["action"] for p in self.got(user)], ["ping"])

    def test_who_shares_a_partner_hears_nothing(self):
        twin = self.new_user("rt_twin", partner_id=self.open.partner_id.id)
        self.open._send_realtime_notification("ping", MODEL, [])
        self.assertEqual(self.got(twin), [])
        self.assertEqual(len(self.got(self.open)), 1)

    def test_hidden_records_and_fields_are_dropped(self):
        records = [
            {"id": self.mine.id, "secret_note": "s", "name": "n", "free": 1},
            {"id": self.theirs.id, "free": 2},
            {"free": 3},
        ]
        fields = ["secret_note", "name", "free"]
        (self.limited | self.env.user)._send_realtime_notification(
            "told", MODEL, records, fields
        )
        [payload] = self.got(self.limited)
        self.assertEqual(
            payload["records"],
            [{"id": self.mine.id, "name": "n", "free": 1}, {"free": 3}],
        )
        self.assertEqual(payload["ids"], self.mine.ids)
        self.assertEqual(payload["fields"], ["name", "free"])

    def test_nothing_but_hidden_records_is_not_told(self):
        self.limited._send_realtime_notification(
            "told", MODEL, [{"id": self.theirs.id, "message": "secret"}]
        )
        self.assertEqual(self.got(self.limited), [])

    def test_rights_of_the_moment_of_delivery(self):
        self.limited._send_realtime_notification("told", MODEL, [{"id": self.mine.id}])
        self.commit()
        self.mine.user_id = self.open
        self.env.flush_all()
        self.assertEqual(self.got(self.limited), [])

    def test_models_that_are_not_live(self):
        country = self.env.ref("base.be")
        self.open._send_realtime_notification(
            "told", "res.country", [{"id": country.id, "message": "m"}]
        )
        [payload] = self.got(self.open)
        self.assertEqual(payload["model"], "res.country")

    def test_models_that_one_may_not_read(self):
        self.open._send_realtime_notification(
            "told", "ir.config_parameter", [{"message": "m"}]
        )
        self.assertEqual(self.got(self.open), [])

    def test_groups_reach_everybody_in_them_once(self):
        inner = self.env["res.groups"].create({"name": "Inner"})
        outer = self.env["res.groups"].create(
            {"name": "Outer", "implied_ids": [Command.link(inner.id)]}
        )
        self.open.group_ids += outer
        self.limited.group_ids += inner
        other = self.new_user("rt_other")
        (inner | outer)._send_realtime_notification("ping", MODEL, [])
        self.assertEqual(len(self.got(self.open)), 1)
        self.assertEqual(len(self.got(self.limited)), 1)
        self.assertEqual(self.got(other), [])

    def test_only_internal_people(self):
        portal = self.new_user("rt_portal", "base.group_portal")
        gone = self.new_user("rt_gone", active=False)
        (portal | gone)._send_realtime_notification("ping", MODEL, [])
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([("id", ">", self.last)])
        self.assertFalse(rows)

    def test_not_before_the_commit_and_not_after_a_rollback(self):
        def rows():
            found = self.env["bus.bus"].sudo().search([("id", ">", self.last)])
            return [row for row in found if json.loads(row.message)["type"] == TYPE]

        with self.assertRaises(KeyError), self.env.cr.savepoint():
            self.open._send_realtime_notification("ping", MODEL, [])
            raise KeyError
        self.env.cr.precommit.run()
        self.assertEqual(rows(), [])
        self.open._send_realtime_notification("ping", MODEL, [])
        self.assertEqual(rows(), [])
        self.env.cr.precommit.run()
        self.assertEqual(len(rows()), 1)

    def test_what_was_said_is_told(self):
        records = [{"message": "first"}]
        self.open._send_realtime_notification("told", MODEL, records)
        records[0]["message"] = "second"
        [payload] = self.got(self.open)
        self.assertEqual(payload["records"], [{"message": "first"}])

    def test_bad_input_is_refused_at_once(self):
        send = self.open._send_realtime_notification
        for args in (
            ("", MODEL, []),
            (None, MODEL, []),
            ("a", "no.such.model", []),
            ("a", MODEL, {"id": 1}),
            ("a", MODEL, ["id"]),
            ("a", MODEL, [{"id": "1"}]),
            ("a", MODEL, [{"id": True}]),
            ("a", MODEL, [{"when": self.mine.create_date}]),
            ("a", MODEL, [{"rate": float("nan")}]),
            ("a", MODEL, [{"text": "x" * MAX_BYTES}]),
            ("a", MODEL, [], [1]),
        ):
            with self.subTest(args=str(args)[:60]), self.assertRaises(ValueError):
                send(*args)
        self.assertEqual(self.got(self.open), [])

    def test_about_a_record_it_is_refused_at_once_too(self):
        for value in (self.mine, "x" * MAX_BYTES):
            with self.assertRaises(ValueError):
                self.mine._send_realtime_notification("approved", extra=value)
