"""Promise: each internal user decides whether to be told of others' changes, and
whether these wait while the mouse is on them; the browser learns it with the page,
together with the drafts that wait.
"""

import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

# with their defaults
PREFERENCES = {
    "amanat_realtime_toasts": True,
    "amanat_realtime_hold": False,
    "amanat_realtime_hidden": False,
}


@tagged("post_install", "-at_install")
class TestPreferences(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = new_test_user(cls.env, "rt_person")

    def test_told_unless_turned_off(self):
        self.assertTrue(self.person.amanat_realtime_toasts)

    def test_rows_move_unless_asked_to_stay(self):
        self.assertFalse(self.person.amanat_realtime_hold)

    def test_own_preference_only(self):
        other = new_test_user(self.env, "rt_other")
        mine = self.person.with_user(self.person)
        for name, default in PREFERENCES.items():
            with self.subTest(name):
                mine.write({name: not default})
                [values] = mine.read([name])
                self.assertIs(values[name], not default)
                self.assertIs(self.person[name], not default)
                refused = mute_logger("odoo.addons.base.models")
                with self.assertRaises(AccessError), refused:
                    other.with_user(self.person).write({name: not default})
                self.assertIs(other[name], default)

    def test_shown_in_both_forms(self):
        for view in ("base.view_users_form_simple_modif", "base.view_users_form"):
            arch = self.env["res.users"].get_view(self.env.ref(view).id, "form")["arch"]
            for name in PREFERENCES:
                self.assertIn(f'name="{name}"', arch, view)

    def test_form_of_a_person_without_rights(self):
        view = self.env.ref("base.view_users_form_simple_modif")
        users = self.env["res.users"].with_user(self.person)
        arch = users.get_view(view.id, "form")["arch"]
        for name in PREFERENCES:
            self.assertIn(f'name="{name}"', arch)


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def session_info(self, user):
        # Odoo creates them while a page is read, which costs it a second attempt
        self.env["res.users.settings"]._find_or_create_for_user(user)
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            "/web/session/get_session_info",
            data=json.dumps({}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()["result"]

    def test_what_the_page_knows(self):
        person = new_test_user(self.env, "rt_person_")
        record, other = self.env["amanat.test.realtime"].create(
            [{"name": "One"}, {"name": "Two"}]
        )
        drafts = self.env["amanat.realtime.draft"]
        drafts.with_user(person)._keep(record, {"name": "a", "quantity": 2}, {})
        drafts._keep(other, {"name": "somebody else's"}, {})
        info = self.session_info(person)["amanat_realtime"]
        self.assertEqual(info["drafts"], {record._name: [record.id]})
        self.assertIs(info["toasts"], True)
        self.assertIs(info["hold"], False)
        person.write({"amanat_realtime_toasts": False, "amanat_realtime_hold": True})
        info = self.session_info(person)["amanat_realtime"]
        self.assertIs(info["toasts"], False)
        self.assertIs(info["hold"], True)

    def test_what_the_page_knows_of_presence(self):
        person = new_test_user(self.env, "rt_person_")
        expected = {"enabled": True, "off": [], "hidden": False}
        info = self.session_info(person)["amanat_realtime"]
        self.assertEqual(info["presence"], expected)
        person.amanat_realtime_hidden = True
        model = self.env["ir.model"]._get("amanat.test.realtime")
        self.env["amanat.realtime.model"].create(
            {"model_id": model.id, "presence": False}
        )
        self.env["ir.config_parameter"].set_param("amanat_realtime.presence", "False")
        expected = {"enabled": False, "off": [model.model], "hidden": True}
        info = self.session_info(person)["amanat_realtime"]
        self.assertEqual(info["presence"], expected)

    def test_nothing_for_portal_users(self):
        portal = new_test_user(self.env, "rt_portal_", groups="base.group_portal")
        self.assertNotIn("amanat_realtime", self.session_info(portal))
