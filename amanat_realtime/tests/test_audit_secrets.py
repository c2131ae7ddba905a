"""Promise: of secrets the audit never keeps more than that they changed."""

from types import SimpleNamespace

from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.audit.secrets import is_secret


@tagged("post_install", "-at_install")
class TestAuditSecrets(TransactionCase):
    def is_secret(self, name, ttype="char", groups=None, model_name="x"):
        field = SimpleNamespace(
            name=name, type=ttype, groups=groups, model_name=model_name
        )
        return is_secret(field, self.env["amanat.activity"]._password_fields())

    def test_names(self):
        for name in (
            "password", "new_password", "passwd", "smtp_pass", "password_crypt",
            "api_key", "apikey", "openai_api_key", "secret", "client_secret",
            "secret_key", "token", "access_token", "token_2", "private_key",
            "ssh_passphrase", "pin", "otp", "card_cvv", "Webhook_Secret",
        ):  # fmt: skip
            self.assertTrue(self.is_secret(name), name)
        for name in (
            "name", "secret_note", "description", "passport", "pinned", "token_count",
            "compass", "keyboard", "opinion", "secretary", "tokenizer",
        ):  # fmt: skip
            self.assertFalse(self.is_secret(name), name)

    def test_only_what_can_hold_one(self):
        for ttype in ("boolean", "integer", "date", "many2one"):
            self.assertFalse(self.is_secret("token", ttype))

    def test_closed_fields(self):
        self.assertTrue(self.is_secret("anything", "integer", groups="."))
        self.assertFalse(self.is_secret("anything", groups="base.group_system"))

    def test_parameters(self):
        self.assertTrue(self.is_secret("value", "text", None, "ir.config_parameter"))
        self.assertFalse(self.is_secret("value", "text", None, "another.model"))

    def test_shown_as_a_password(self):
        self.assertFalse(self.is_secret("vat"))
        view = self.env["ir.ui.view"].create(
            {
                "name": "test",
                "model": "res.partner",
                "arch": '<form><field name="vat" password="True"/></form>',
            }
        )
        self.assertTrue(self.is_secret("vat"))
        view.unlink()
        self.assertFalse(self.is_secret("vat"))

    def test_shown_as_a_password_by_an_extension(self):
        self.env["ir.ui.view"].create(
            {
                "name": "test",
                "model": "res.partner",
                "inherit_id": self.env.ref("base.view_partner_form").id,
                "arch": """<field name="vat" position="attributes">
                    <attribute name="password">1</attribute></field>""",
            }
        )
        self.assertTrue(self.is_secret("vat"))
