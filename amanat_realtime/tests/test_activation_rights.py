"""Promise: managers decide what is live; others get Odoo's error, and hear of models
only if they may read them.
"""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.activation.session import session_part
from odoo.addons.amanat_realtime.activation.switches import is_enabled, set_enabled

from .common import RealtimeMixin

MANAGER = "amanat_realtime.group_realtime_manager"
TAG = "res.partner.category"


@tagged("post_install", "-at_install")
class TestActivationRights(RealtimeMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_user("rt_manager", MANAGER)
        cls.user = cls.new_user("rt_user")

    def lines(self, user):
        return self.env["amanat.realtime.model"].with_user(user)

    def test_manager(self):
        lines = self.lines(self.manager)
        lines._set_live([TAG], True)
        line = lines.search([("model_id.model", "=", TAG)])
        self.addCleanup(lambda: line.sudo().unlink())
        self.assertEqual(line.model_name, TAG)
        fields = self.env["ir.model.fields"].with_user(self.manager)
        name = fields.search([("model", "=", TAG), ("name", "=", "name")])
        line.write({"field_ids": name.ids, "toasts": False})
        line.active = False
        set_enabled(self.env(user=self.manager), False)
        self.assertFalse(is_enabled(self.env))

    def test_manager_fills_in_the_form(self):
        lines = self.lines(self.manager)
        view = self.env.ref("amanat_realtime.amanat_realtime_model_view_form")
        self.assertIn("model_id", lines.get_view(view.id, "form")["arch"])
        offered = lines.fields_get(["model_id"])["model_id"]["domain"]
        models = self.env["ir.model"].with_user(self.manager)
        found = models.name_search("Partner Tags", domain=offered)
        self.assertIn(self.env["ir.model"]._get_id(TAG), dict(found))

    def test_others(self):
        [model_id] = self.env["ir.model"]._get(TAG).ids
        line = self.env["amanat.realtime.model"].create({"model_id": model_id})
        self.addCleanup(line.unlink)
        lines = self.lines(self.user)
        for attempt in (
            lambda: lines._set_live([TAG], True),
            lambda: lines.create({"model_id": model_id}),
            lambda: lines.browse(line.id).write({"active": False}),
            lambda: lines.browse(line.id).unlink(),
            lambda: lines.search([]),
            lambda: set_enabled(self.env(user=self.user), False),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertTrue(line.active and is_enabled(self.env))

    def test_session_names_what_one_may_read(self):
        self.set_live(TAG)
        env = self.env(user=self.user)
        self.assertIn(TAG, session_part(env)["models"])
        self.env["ir.model.access"].search([("model_id.model", "=", TAG)]).unlink()
        part = session_part(env)
        self.assertNotIn(TAG, part["models"])
        self.assertNotIn(TAG, str(part))


@tagged("post_install", "-at_install")
class TestActivationRoute(RealtimeMixin, HttpCase):
    def ask(self):
        return self.make_jsonrpc_request("/amanat_realtime/settings", {})

    def test_internal_user(self):
        self.new_user("rt_user", password="rt_user_password")
        self.authenticate("rt_user", "rt_user_password")
        self.assertIn("amanat.test.realtime", self.ask()["models"])
        session = self.make_jsonrpc_request("/web/session/get_session_info", {})
        self.assertEqual(self.ask(), session["amanat_realtime"])

    def test_portal_user(self):
        self.new_user("rt_portal", "base.group_portal", password="rt_portal_password")
        self.authenticate("rt_portal", "rt_portal_password")
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.ask()
        self.assertIn("AccessError", caught.exception.args[0])
        self.assertNotIn("amanat.test", str(caught.exception))

    def test_nobody(self):
        self.authenticate(None, None)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.ask()
