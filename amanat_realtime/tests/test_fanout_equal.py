"""Promise: what people are told together is, for each of them, what they would be told
alone: every kind of message, every kind of recipient.
"""

import json

from odoo import Command
from odoo.tests import tagged

from odoo.addons.amanat_realtime.delivery.deliver import decisions, deliver
from odoo.addons.amanat_realtime.fanout.parts import Parts
from odoo.addons.amanat_realtime.fanout.rights import Rights
from odoo.addons.amanat_realtime.fanout.rows import Row
from odoo.addons.bus.tools import orjson

from .common import RealtimeCase

LIMITED = "amanat_realtime.group_realtime_limited"


@tagged("post_install", "-at_install")
class TestFanoutEqual(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.open = cls.new_user("rt_open")
        cls.french = cls.new_user("rt_french")
        cls.french.partner_id.lang = "fr_FR"
        cls.limited = cls.new_user("rt_limited", LIMITED)
        cls.other = cls.new_user("rt_other", LIMITED)
        cls.system = cls.new_user("rt_system", "base.group_user,base.group_system")
        cls.portal = cls.new_user("rt_portal", "base.group_portal")
        cls.archived = cls.new_user("rt_archived")
        cls.archived.active = False
        cls.users = (
            cls.open + cls.french + cls.limited + cls.other + cls.system + cls.portal
            + cls.archived
        )  # fmt: skip
        cls.env["ir.rule"].create(
            {
                "name": "Each their own domain",
                "model_id": cls.env["ir.model"]._get_id(cls.live_model),
                "domain_force": "['|', ('name', '!=', user.login), ('id', '=', False)]",
            }
        )

    def setUp(self):
        super().setUp()
        decisions.clear()
        self.Model = self.env[self.live_model]
        self.mine = self.Model.create({"name": "Mine", "user_id": self.limited.id})
        self.theirs = self.Model.create({"name": "Theirs", "user_id": self.other.id})
        self.commit()
        self.last = self.bus_position()

    def assertEqualForAll(self, told):
        """Compare for all users; and see to it that something is told to some.

        :param bool told: whether anybody is told anything
        """
        self.env.flush_all()
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].sudo().search([("id", ">", self.last)], order="id")
        rows = [Row(row.id, row.channel, row.message) for row in found]
        self.assertTrue(rows)
        uids = set(self.users.ids)
        rights = Rights(self.env["ir.websocket"]._realtime_rights_epoch())
        together = Parts(self.env, rights, {row: uids | {None} for row in rows})
        payloads = []
        for user in self.users:
            parts = together.of(user.id, rows)
            alone = deliver(
                self.env(user=user),
                [{"id": row.id, "message": row.message} for row in rows],
            )
            for row, expected in zip(rows, alone, strict=True):
                with self.subTest(user=user.login, row=row.message):
                    got = orjson.loads(parts[row.id].text)
                    self.assertEqual(got, json.loads(json.dumps(expected)))
                    payloads.append(got["message"]["payload"])
        for row in rows:
            nobody = orjson.loads(together.of(None, [row])[row.id].text)
            self.assertEqual(nobody["message"]["payload"], {})
        self.assertEqual(any(payloads), told)
        self.assertFalse(all(payloads))

    def test_values(self):
        (self.mine + self.theirs).write({"quantity": 5, "secret_note": "secret"})
        self.assertEqualForAll(True)

    def test_references(self):
        company = self.env["res.company"].create({"name": "Hidden"})
        partner = self.env["res.partner"].create(
            {"name": "Of that company", "company_id": company.id}
        )
        self.mine.partner_id = partner
        self.theirs.partner_id = self.open.partner_id
        self.assertEqualForAll(True)

    def test_entering_and_leaving(self):
        self.mine.user_id = self.other
        self.theirs.user_id = False
        self.assertEqualForAll(True)

    def test_a_record_becomes_what_one_reader_may_not_see(self):
        self.mine.name = self.open.login
        self.assertEqualForAll(True)

    def test_creation_and_deletion(self):
        self.Model.create(
            [{"name": "New"}, {"name": "Of one", "user_id": self.other.id}]
        )
        self.theirs.unlink()
        self.assertEqualForAll(True)

    def test_too_much_to_tell(self):
        for number, record in enumerate(
            self.Model.create([{"name": f"{number}"} for number in range(250)])
        ):
            record.write({"quantity": number})
        self.commit()
        self.last = self.bus_position()
        for number, record in enumerate(self.Model.search([])):
            record.quantity = number + 1000
        self.assertEqualForAll(True)

    def test_notifications(self):
        self.mine._send_realtime_notification(
            "ping", ["name", "secret_note"], note="hi"
        )
        self.assertEqualForAll(True)

    def test_what_is_sent_to_one_person(self):
        records = [{"id": self.mine.id, "name": "Mine", "secret_note": "secret"}]
        self.limited._send_realtime_notification(
            "ping", self.live_model, records, ["name", "secret_note"]
        )
        self.assertEqualForAll(True)

    def test_rights_that_changed_since(self):
        self.mine.quantity = 5
        self.commit()
        self.other.group_ids = [Command.unlink(self.env.ref(LIMITED).id)]
        self.assertEqualForAll(True)

    def test_a_model_that_was_switched_off(self):
        self.mine.quantity = 5
        self.commit()
        self.set_live(self.live_model, live=False)
        self.assertEqualForAll(False)
