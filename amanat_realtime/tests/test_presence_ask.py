"""Promise: two people who see the same field can ask and answer each other, and nobody
learns or sends anything else that way.
"""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.presence import ask

from .presence_common import LIMITED, MODEL, PresenceMixin, place, tab_of

ASKING, OTHER = 2, 1


@tagged("post_install", "-at_install")
class TestPresenceAsk(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", "base.group_system", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.limited = cls.new_user("rt_limited", LIMITED, name="Limited")
        cls.record = cls.env[MODEL].create({"name": "One", "user_id": cls.ivan.id})

    def setUp(self):
        super().setUp()
        self.at = place(self.record, state="editing", field="amount")
        self.report(self.ivan, OTHER, self.at)
        self.report(self.maria, ASKING, place(self.record))

    def target(self, tab, to, **values):
        about = {"model": MODEL, "id": self.record.id, "field": "amount", **values}
        return ask.parse_target({"tab": tab_of(tab), "to": tab_of(to), **about})

    def sent(self, send):
        """Return the messages that a call puts on the bus, with their channels."""
        last = self.bus_position()
        send()
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([("id", ">", last)])
        return [(json.loads(row.channel), json.loads(row.message)) for row in rows]

    def ask(self, user=None, tab=ASKING, to=OTHER, **values):
        env = self.env(user=user or self.maria)
        return self.sent(lambda: ask.ask(env, self.target(tab, to, **values)))

    def answer(self, uid=None, user=None, tab=OTHER, **values):
        env = self.env(user=user or self.ivan)
        target = self.target(tab, ASKING, **values)
        uid = uid or self.maria.id
        return self.sent(lambda: ask.answer(env, target, uid, True))

    def test_ask(self):
        [(channel, message)] = self.ask()
        database = self.env.cr.dbname
        self.assertEqual(channel, [database, "res.partner", self.ivan.partner_id.id])
        self.assertEqual(message["type"], "amanat_realtime/ask")
        expected = {
            "v": 1,
            "to": tab_of(OTHER),
            "from": {
                "tab": tab_of(ASKING),
                "user": {"id": self.maria.id, "name": "Maria"},
            },
            "model": MODEL,
            "id": self.record.id,
            "field": "amount",
            "label": "Amount",
            "record": "One",
        }
        self.assertEqual(message["payload"], expected)

    def test_answer(self):
        [(channel, message)] = self.answer()
        database = self.env.cr.dbname
        self.assertEqual(channel, [database, "res.partner", self.maria.partner_id.id])
        self.assertEqual(message["type"], "amanat_realtime/answer")
        expected = {
            "v": 1,
            "to": tab_of(ASKING),
            "from": {"user": {"id": self.ivan.id, "name": "Ivan"}},
            "model": MODEL,
            "id": self.record.id,
            "field": "amount",
            "granted": True,
        }
        self.assertEqual(message["payload"], expected)

    def assertNobodyThere(self, **values):
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.ask(**values)

    def test_ask_who_is_not_there(self):
        self.assertNobodyThere(to=9)
        self.report(self.ivan, OTHER, place())
        self.assertNobodyThere()

    def test_ask_oneself(self):
        self.report(self.maria, 3, self.at)
        self.assertNobodyThere(to=3)

    def test_ask_without_rights(self):
        self.report(self.limited, 3, place())
        self.assertNobodyThere(user=self.limited, tab=3)
        self.assertNobodyThere(field="secret_note")
        self.assertNobodyThere(field="nope")
        self.assertNobodyThere(model="res.users")
        self.assertNobodyThere(model="no.such.model")

    def test_ask_who_may_not_read_the_field(self):
        self.report(self.ivan, OTHER, self.at)
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.ask(self.ivan, tab=OTHER, to=ASKING, field="secret_note")

    def test_ask_where_presence_is_off(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.presence", "False")
        self.assertNobodyThere()

    def test_ask_with_the_tab_of_another(self):
        with self.assertRaises(AccessError):
            self.ask(self.limited)

    def test_answer_of_who_is_not_there(self):
        with self.assertRaisesRegex(UserError, "not in this record"):
            self.answer(user=self.maria, tab=9)
        with self.assertRaises(AccessError):
            self.answer(user=self.maria, tab=OTHER)

    def test_answer_tells_nothing_about_who_asked(self):
        portal = self.new_user("rt_portal", "base.group_portal")
        gone = self.new_user("rt_gone")
        gone.active = False
        for user_id in (self.limited.id, portal.id, gone.id, 2**31 - 1):
            self.assertEqual(self.answer(user_id), [])
