"""Promise: nobody is told what they may not read. Each test names one way in which live
systems have leaked.
"""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.channel import EVERY_ROOM
from odoo.addons.amanat_realtime.delivery import deliver
from odoo.addons.bus.models.bus import dispatch
from odoo.addons.bus.tests.common import WebsocketCase

from .common import RealtimeCase, RealtimeMixin

LIMITED = "amanat_realtime.group_realtime_limited"
SECRET = "amanat-secret-4711"
PREFIX = "amanat_realtime"


@tagged("post_install", "-at_install")
class TestLeaks(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.new_user("rt_reader")
        cls.limited = cls.new_user("rt_limited", LIMITED)
        cls.record = cls.env["amanat.test.realtime"].create(
            {"name": "One", "user_id": cls.limited.id}
        )

    def setUp(self):
        super().setUp()
        deliver.decisions.clear()
        self.commit()
        self.last = self.bus_position()

    def change(self, **values):
        self.last = self.bus_position()
        self.record.write(values or {"quantity": self.record.quantity + 1})
        self.commit()

    def got(self, user):
        [payload] = self.received_by(user, self.last)
        return payload

    # L1: a subscription outlives the right

    def test_not_leaking_after_group_is_revoked(self):
        access = self.env.ref("amanat_realtime.access_amanat_test_realtime_user")
        self.change()
        self.assertTrue(self.got(self.reader))
        access.perm_read = False
        self.change()
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_bulk_changes_after_group_is_revoked(self):
        records = self.env["amanat.test.realtime"].create(
            [{"name": str(number)} for number in range(201)]
        )
        self.commit()
        self.last = self.bus_position()
        for number, record in enumerate(records):
            record.quantity = number + 1
        self.commit()
        self.assertTrue(self.got(self.reader)["refresh"])
        self.env.ref("amanat_realtime.access_amanat_test_realtime_user").unlink()
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_after_user_becomes_portal(self):
        portal = self.env.ref("base.group_portal")
        access = self.env.ref("amanat_realtime.access_amanat_test_realtime_user")
        access.copy({"group_id": portal.id})
        self.reader.write({"group_ids": [Command.set(portal.ids)]})
        self.change()
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_after_company_is_taken_away(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.reader.company_ids |= company
        self.record.company_id = company
        self.commit()
        self.change()
        self.assertTrue(self.got(self.reader))
        self.reader.company_ids -= company
        self.change()
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_after_user_is_deactivated(self):
        self.reader.active = False
        self.change()
        self.assertEqual(self.got(self.reader), {})

    # L3: ids, names and authors of unreadable records

    def test_not_leaking_that_a_hidden_record_exists(self):
        self.record.user_id = self.reader
        self.commit()
        for change in (
            {"name": SECRET},
            {"state": "done"},
            {"tag_ids": [Command.create({"name": SECRET})]},
        ):
            self.change(**change)
            self.assertEqual(self.got(self.limited), {})

    def test_not_leaking_creation_of_a_hidden_record(self):
        self.env["amanat.test.realtime"].create(
            {"name": SECRET, "user_id": self.reader.id}
        )
        self.commit()
        self.assertEqual(self.got(self.limited), {})

    # L4: deletion is not authorised

    def test_not_leaking_deletion_of_a_hidden_record(self):
        self.record.user_id = self.reader
        self.commit()
        self.last = self.bus_position()
        self.record.unlink()
        self.commit()
        self.assertEqual(self.got(self.limited), {})
        self.assertTrue(self.got(self.reader)["unlink"])

    def test_not_leaking_by_the_cache_when_a_deletion_is_refused(self):
        rule = "amanat_realtime.amanat_test_realtime_rule_limited"
        self.env.ref(rule).domain_force = "[('tag_ids.name', '=', 'nobody')]"
        self.env.invalidate_all()
        record = self.record.with_user(self.limited)
        for refused in (record.unlink, lambda: record.write({"tag_ids": False})):
            with self.assertRaises(AccessError):
                refused()
        with self.assertRaises(AccessError):
            record.read(["name", "user_id", "tag_ids"])

    # L5: forbidden fields

    def test_not_leaking_field_with_groups(self):
        self.change(secret_note=SECRET, quantity=9)
        self.assertNotIn("secret", repr(self.got(self.reader)))
        self.assertEqual(
            self.got(self.env.ref("base.user_admin"))["update"][0]["diff"],
            {"secret_note": [False, SECRET], "quantity": [0, 9]},
        )

    def test_not_leaking_that_a_field_with_groups_changed(self):
        self.change(secret_note=SECRET)
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_long_value_of_field_with_groups(self):
        self.change(secret_note=SECRET * 100)
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_name_of_unreadable_reference(self):
        partner = self.env["res.partner"].create({"name": SECRET})
        self.env["ir.rule"].create(
            {
                "name": "hidden partner",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {partner.id})]",
            }
        )
        self.change(partner_id=partner.id)
        self.assertNotIn(SECRET, repr(self.got(self.reader)))
        self.assertEqual(
            self.got(self.reader)["update"],
            [{"ids": self.record.ids, "stale": ["partner_id"]}],
        )

    def test_not_leaking_values_kept_for_rules(self):
        self.change(user_id=self.reader.id, quantity=5)
        for user in (self.reader, self.limited, self.env.ref("base.user_admin")):
            self.assertNotIn("before", repr(self.got(user)))

    # L6: a filter evaluated with the wrong user

    def test_not_leaking_by_rule_of_another_user(self):
        users = [self.new_user(f"rt_own_{n}", LIMITED) for n in range(3)]
        for owner in users:
            self.record.user_id = owner
            self.commit()
            self.change()
            for user in users:
                self.assertEqual(bool(self.got(user)), user == owner)

    def test_not_leaking_by_companies_of_another_user(self):
        company = self.env["res.company"].create({"name": "Second"})
        member = self.new_user(
            "rt_member", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        self.record.company_id = company
        self.commit()
        self.change()
        self.assertTrue(self.got(member))
        self.assertEqual(self.got(self.reader), {})

    # L8: values from before a record came into sight

    def test_not_leaking_the_past_of_a_record_that_enters(self):
        self.record.user_id = self.reader
        self.commit()
        self.change(name="public", user_id=self.limited.id, quantity=4)
        payload = self.got(self.limited)
        self.assertEqual(payload["enter"], self.record.ids)
        self.assertNotIn("update", payload)
        self.assertNotIn("diff", repr(payload))

    def test_not_leaking_the_future_of_a_record_that_leaves(self):
        self.change(name=SECRET, user_id=self.reader.id)
        payload = self.got(self.limited)
        self.assertEqual(payload["leave"], self.record.ids)
        self.assertNotIn(SECRET, repr(payload))

    def test_not_leaking_the_past_by_a_rule_on_a_computed_field(self):
        self.env["ir.rule"].create(
            {
                "name": "public ones",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime"),
                "domain_force": "[('display_name', '=', 'public')]",
            }
        )
        self.record.name = SECRET
        self.commit()
        self.change(name="public", quantity=4)
        payload = self.got(self.limited)
        self.assertEqual(payload["enter"], self.record.ids)
        self.assertNotIn("update", payload)
        self.change(name=SECRET)
        self.assertEqual(self.got(self.limited)["leave"], self.record.ids)

    # L9: a cached answer

    def test_not_leaking_by_rules_cached_before_they_changed(self):
        self.change()
        self.assertTrue(self.got(self.reader))
        rule = self.env["ir.rule"].create(
            {
                "name": "nothing",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime"),
                "domain_force": "[('id', '=', 0)]",
            }
        )
        # the very same row, decided a moment ago
        self.assertEqual(self.got(self.reader), {})
        rule.active = False
        self.assertTrue(self.got(self.reader))

    def test_not_leaking_by_groups_cached_before_they_changed(self):
        self.record.user_id = False
        self.commit()
        self.change()
        self.assertTrue(self.got(self.reader))
        group = self.env.ref(LIMITED)
        self.reader.group_ids |= group
        self.assertEqual(self.got(self.reader), {})

    def test_not_leaking_by_rights_changed_in_another_process(self):
        """Sockets do not look for signals of other processes; delivery must."""
        self.change()
        checked = []
        registry = type(self.registry)
        original = registry.check_signaling

        def check(registry, cr=None):
            checked.append(cr)
            return registry

        self.patch(registry, "check_signaling", check)
        self.got(self.reader)
        self.assertEqual(len(checked), 1)
        self.assertIsNot(original, check)

    # L10: one recipient's rights used for the next

    def test_not_leaking_between_30_recipients_with_alternating_rights(self):
        users = [
            self.new_user(f"rt_{n}", LIMITED if n % 2 else "base.group_user")
            for n in range(30)
        ]
        self.record.user_id = False
        self.commit()
        self.change(name=SECRET)
        for number, user in enumerate(users):
            self.assertEqual(SECRET in repr(self.got(user)), not number % 2)

    # L11: another identity takes over a position

    def test_not_leaking_backlog_to_the_next_user_of_a_browser(self):
        position = self.bus_position()
        self.record.user_id = self.reader
        self.commit()
        self.change(name=SECRET)
        self.assertIn(SECRET, repr(self.received_by(self.reader, position)))
        self.assertNotIn(SECRET, repr(self.received_by(self.limited, position)))

    # L12: the author does not hear what they did to their own sight

    def test_author_is_told_that_their_own_record_left(self):
        self.last = self.bus_position()
        self.record.with_user(self.limited).user_id = self.reader
        self.commit()
        self.assertEqual(self.got(self.limited)["leave"], self.record.ids)


@tagged("post_install", "-at_install")
class TestForgedChannels(RealtimeMixin, WebsocketCase):
    """L2: the subscription itself is not checked."""

    def channels_of(self, user, *asked):
        """Return the channels of ours that a socket of ``user`` listens on."""
        session = self.authenticate(user.login, user.login)
        socket = self.websocket_connect(cookie=f"session_id={session.sid}")
        before = set(dispatch._channels_to_ws)
        with mute_logger("odoo.addons.amanat_realtime.models.ir_websocket"):
            self.subscribe(socket, list(asked), self.bus_position())
        return {
            channel
            for channel in set(dispatch._channels_to_ws) - before
            if any(PREFIX in str(part) for part in channel)
        }

    def test_not_leaking_to_forged_channels(self):
        user = self.new_user("rt_forger", password="rt_forger")
        database = self.env.cr.dbname
        self.env.ref("amanat_realtime.access_amanat_test_realtime_line_user").unlink()
        for forged in (
            "amanat_realtime:",
            "amanat_realtime",
            "amanat_realtime:no.such.model",
            "amanat_realtime:res.users",
            "amanat_realtime:amanat.base.model",
            "amanat_realtime:amanat.test.realtime.line",
            "amanat_realtime:" + "x" * 1000,
            "amanat_realtime:' OR 1=1 --",
        ):
            self.assertEqual(self.channels_of(user, forged), set(), forged)
        name = f'["{database}","amanat_realtime","amanat.test.realtime"]'
        for channel in self.channels_of(user, name):
            self.assertEqual(channel, (database, name))
            self.assertNotEqual(channel, self.channel())

    def test_other_channels_survive_a_forged_one(self):
        user = self.new_user("rt_forger", password="rt_forger")
        self.assertEqual(
            self.channels_of(
                user, "amanat_realtime:nope", "amanat_realtime:amanat.test.realtime"
            ),
            {self.channel()},
        )

    def test_room_is_part_of_the_channel(self):
        user = self.new_user("rt_forger", password="rt_forger")
        self.assertEqual(
            self.channels_of(user, "amanat_realtime:amanat.test.realtime:2026:11"),
            {self.channel(room="2026:11"), self.channel(room=EVERY_ROOM)},
        )

    def test_not_leaking_to_portal_users(self):
        user = self.new_user("rt_portal", "base.group_portal", password="rt_portal")
        self.env["ir.model.access"].create(
            {
                "name": "portal",
                "model_id": self.env["ir.model"]._get_id("amanat.test.realtime"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        channels = self.channels_of(user, "amanat_realtime:amanat.test.realtime")
        self.assertEqual(channels, set())

    def test_not_leaking_to_the_public(self):
        socket = self.websocket_connect()
        with mute_logger("odoo.addons.amanat_realtime.models.ir_websocket"):
            self.subscribe(socket, ["amanat_realtime:amanat.test.realtime"], 0)
        self.assertNotIn(self.channel(), dispatch._channels_to_ws)
