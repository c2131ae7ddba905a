"""Promise: the audit says whether a change came from a page in a browser, an import,
another program or the server itself.
"""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.amanat_realtime.audit import origin

from .audit_common import MODEL, AuditMixin


@tagged("post_install", "-at_install")
class TestAuditOrigin(AuditMixin, HttpCase):
    def setUp(self):
        super().setUp()
        self.audit(MODEL)
        self.record = self.env[MODEL].create({"name": "One"})
        self.end_transaction()

    def origin_of(self, headers=None, context=None):
        rows = self.env["amanat.activity"]
        last = rows.search([], limit=1).id
        self.authenticate("admin", "admin")
        params = {
            "model": MODEL,
            "method": "write",
            "args": [self.record.ids, {"quantity": self.record.quantity + 1}],
            "kwargs": {"context": context or {}},
        }
        self.make_jsonrpc_request("/web/dataset/call_kw", params, headers=headers or {})
        self.env.invalidate_all()
        row = rows.search([("id", ">", last)])
        self.assertEqual(row.field, "quantity")
        self.assertEqual(row.user_id, self.env.ref("base.user_admin"))
        return row.origin

    def test_view(self):
        self.assertEqual(self.origin_of({"X-Amanat-Realtime-Tab": "a-tab"}), "view")

    def test_beacon(self):
        self.assertEqual(self.origin_of({"Sec-Fetch-Site": "same-origin"}), "view")
        self.assertEqual(self.origin_of({"Sec-Fetch-Site": "cross-site"}), "rpc")

    def test_rpc(self):
        self.assertEqual(self.origin_of(), "rpc")

    def test_import(self):
        headers = {"X-Amanat-Realtime-Tab": "a-tab"}
        self.assertEqual(self.origin_of(headers, {"import_file": True}), "import")

    def test_import_of_a_file(self):
        importing = self.env[MODEL].with_context(import_file=True)
        result = importing.load(["name", "quantity"], [["Loaded", "3"]])
        self.assertFalse(result["messages"])
        row = self.end_transaction()
        self.assertEqual((row.action, row.origin), ("create", "import"))

    def test_server(self):
        self.record.quantity = 9
        with patch.object(origin, "request", None):
            row = self.end_transaction()
        self.assertEqual(row.origin, "server")
