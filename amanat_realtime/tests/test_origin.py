"""Promise: a message says which browser tab made the change, and takes nothing else
from what a browser sends.
"""

from odoo.tests import HttpCase, tagged

from .common import RealtimeMixin


@tagged("post_install", "-at_install")
class TestOrigin(RealtimeMixin, HttpCase):
    def change(self, tab):
        record = self.env["amanat.test.realtime"].create({"name": "One"})
        self.watch()
        self.authenticate("admin", "admin")
        last = self.bus_position()
        params = {
            "model": record._name,
            "method": "web_save",
            "args": [record.ids, {"quantity": 3}],
            "kwargs": {"specification": {}},
        }
        self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            params,
            headers={"X-Amanat-Realtime-Tab": tab} if tab else {},
        )
        [row] = self.rows_after(last)
        self.assertEqual(row["update"][0]["diff"], {"quantity": [0, 3]})
        return row

    def test_tab_is_told(self):
        self.assertEqual(self.change("f3a9-01_Z")["tab"], "f3a9-01_Z")

    def test_no_tab(self):
        self.assertNotIn("tab", self.change(None))

    def test_malformed_tab_is_left_out(self):
        for tab in ("<script>", "x" * 41, "a b"):
            self.assertNotIn("tab", self.change(tab))

    def test_live_models_are_named_to_internal_users(self):
        self.authenticate("admin", "admin")
        info = self.make_jsonrpc_request("/web/session/get_session_info", {})
        models = info["amanat_realtime"]["models"]
        self.assertIn("amanat.test.realtime", models)
        self.assertNotIn("amanat.base.model", models)
        self.assertNotIn("res.users", models)
        orders = info["amanat_realtime"]["orders"]
        self.assertEqual(orders["amanat.test.realtime"], "sequence, id")
