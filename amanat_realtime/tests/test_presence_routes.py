"""Promise: the routes of presence take what they should, and refuse everything else
with a clear error.
"""

import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.presence.token_bucket import buckets

from .presence_common import MODEL, PresenceMixin, numbers, place, tab_of

ROUTE = "/amanat_realtime/presence"


@tagged("post_install", "-at_install")
class TestPresenceRoutes(PresenceMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = new_test_user(cls.env, "rt_ivan", name="Ivan")
        cls.maria = new_test_user(cls.env, "rt_maria", name="Maria")
        cls.record = cls.env[MODEL].create({"name": "One"})

    def setUp(self):
        super().setUp()
        buckets.clear()
        self.authenticate("rt_ivan", "rt_ivan")

    def call(self, params, path=""):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        muted = mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
        with muted:
            return self.url_open(ROUTE + path, data=body, headers=headers).json()

    def post(self, *places, tab=1):
        params = {"tab": tab_of(tab), "number": next(numbers), "places": list(places)}
        return self.call(params)

    def error(self, answer):
        self.assertNotIn("result", answer)
        data = answer["error"]["data"]
        return data["name"].rpartition(".")[2], data["message"]

    def test_report_and_leave(self):
        self.report(self.maria, 2, place())
        answer = self.post(place(), place(self.record))["result"]
        self.assertEqual(answer["ttl"], 30)
        person = {"id": self.maria.id, "name": "Maria"}
        expected = [{"user": person, "tab": tab_of(2), "places": [place()]}]
        self.assertEqual(answer["present"], expected)
        both = {"Ivan": [place(), place(self.record)]}
        self.assertEqual(self.present(self.maria), both)
        self.assertEqual(self.post()["result"], {"ttl": 30, "present": []})
        self.assertEqual(self.present(self.maria), {})

    def test_malformed(self):
        known = {"tab": tab_of(1), "number": 1}
        for params, reason in (
            ({}, "tab"),
            ({"tab": "x", "places": []}, "tab"),
            ({"tab": tab_of(1), "places": []}, "number of the report"),
            ({"tab": tab_of(1), "number": True, "places": []}, "number of the report"),
            (known, "not a list"),
            ({**known, "places": {}}, "not a list"),
            ({**known, "places": [place()] * 21}, "more than 20"),
            ({**known, "places": [place(id=0)]}, "id"),
            ({**known, "places": [place(state="x")]}, "state"),
            ({**known, "places": [place(field=3)]}, "field"),
            ({**known, "places": [place(model="x.y")]}, "not a live model"),
        ):
            with self.subTest(params):
                name, message = self.error(self.call(params))
                self.assertEqual(name, "ValidationError")
                self.assertIn(reason, message)
        self.assertFalse(self.stored())

    def test_too_large(self):
        answer = self.call({"tab": tab_of(1), "places": [], "x": "x" * 17000})
        name, message = self.error(answer)
        self.assertEqual(name, "RequestEntityTooLarge")
        self.assertIn("exceeds the capacity limit", message)

    def test_flood(self):
        answers = [self.post() for _ in range(40)]
        refused = [answer for answer in answers if "error" in answer]
        self.assertTrue(refused)
        name, message = self.error(refused[0])
        self.assertEqual(name, "RealtimeThrottledError")
        self.assertIn("Too many presence reports", message)
        self.assertIn("result", answers[19])

    def test_forged_tab(self):
        self.report(self.maria, 2, place())
        name, _message = self.error(self.post(place(), tab=2))
        self.assertEqual(name, "AccessError")

    def test_portal_users(self):
        new_test_user(self.env, "rt_portal", groups="base.group_portal")
        self.authenticate("rt_portal", "rt_portal")
        for path in ("", "/ask", "/answer"):
            with self.subTest(path):
                answer = self.call({"tab": tab_of(1), "places": []}, path)
                self.assertEqual(self.error(answer)[0], "AccessError")

    def test_nobody(self):
        self.authenticate(None, None)
        name, _message = self.error(self.post(place()))
        self.assertEqual(name, "SessionExpiredException")

    def test_ask_and_answer(self):
        self.report(self.maria, 2, place(self.record, state="editing"))
        self.post(place(self.record))
        about = {"model": MODEL, "id": self.record.id, "field": "amount"}
        params = {"tab": tab_of(1), "to": tab_of(2), **about}
        self.assertEqual(self.call(params, "/ask")["result"], {})
        answer = {**params, "user": self.maria.id, "granted": False}
        self.assertEqual(self.call(answer, "/answer")["result"], {})
        for path, bad in (
            ("/ask", {**params, "id": "7"}),
            ("/ask", {**params, "to": None}),
            ("/answer", {**answer, "user": None}),
        ):
            name, _message = self.error(self.call(bad, path))
            self.assertEqual(name, "ValidationError")
