"""Promise: what cannot be live, or must not, is refused with a reason in words, and not
offered.
"""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.activation.refusals import refusal

from .activation_common import copy_model

REFUSED = {
    "res.config.settings": "holds what is typed in a dialog",
    "amanat.base.model": "has no records of its own",
    "res.users.apikeys": "no table of its own",
    "ir.model": "part of the server itself",
    "ir.attachment": "part of the server itself",
    "res.lang": "part of the server itself",
    "res.users": "may sign in",
    "res.users.log": "may sign in",
    "res.groups": "may sign in",
    "res.company": "may sign in",
    "bus.bus": "carries the messages",
    "amanat.realtime.model": "real-time addon itself",
    "amanat.realtime.lease": "real-time addon itself",
    "amanat.realtime.presence": "real-time addon itself",
    "mail.message": "Discuss",
    "mail.followers": "Discuss",
    "discuss.channel": "Discuss",
}
ACCEPTED = [
    "amanat.test.realtime",
    "amanat.test.realtime.line",
    "amanat.test.realtime.tag",
    "res.partner",
    "res.partner.category",
    "res.country",
    "res.currency",
    "sale.order",
    "sale.order.line",
    "project.task",
    "crm.lead",
    "account.move",
    "product.template",
]


@tagged("post_install", "-at_install")
class TestActivationRefusals(TransactionCase):
    def add(self, name, **values):
        model_id = self.env["ir.model"]._get_id(name)
        lines = self.env["amanat.realtime.model"]
        return lines.create({"model_id": model_id, **values})

    @contextmanager
    def refused(self, words):
        """Expect a refusal, and undo what was tried."""
        with self.assertRaises(ValidationError) as caught:
            yield
        self.assertIn(words, str(caught.exception))

    def installed(self, names):
        return [name for name in names if name in self.env]

    def test_reasons(self):
        for name in self.installed(REFUSED):
            with self.subTest(name):
                with self.refused(REFUSED[name]):
                    self.add(name)
                with self.refused(name):
                    self.env["amanat.realtime.model"]._set_live([name], True)

    def test_also_by_a_change(self):
        line = self.add("res.country")
        self.addCleanup(line.unlink)
        with self.refused("may sign in"):
            line.model_id = self.env["ir.model"]._get_id("res.users")

    def test_unknown_model(self):
        lines = self.env["amanat.realtime.model"]
        with self.refused("no model “my.typo”"):
            lines._set_live(["res.country", "my.typo"], True)
        self.assertFalse(lines.search([("model_id.model", "=", "res.country")]))

    def test_switched_on_again(self):
        line = self.add("res.country")
        self.addCleanup(line.unlink)
        line.active = False
        reason = "It is different now."
        name = "odoo.addons.amanat_realtime.models.realtime_model.refusal"
        with patch(name, lambda env, model_name: reason), self.refused(reason):
            line.active = True

    def test_model_of_an_addon_that_is_gone(self):
        self.assertIn("not installed", refusal(self.env, "my.typo"))

    def test_accepted(self):
        offered = self.env["amanat.realtime.model"]._models_offered()
        for name in self.installed(ACCEPTED):
            with self.subTest(name):
                self.assertIsNone(refusal(self.env, name))
                self.assertIn(name, offered)

    def test_only_what_is_accepted_is_offered(self):
        offered = self.env["amanat.realtime.model"]._models_offered()
        self.assertFalse(REFUSED.keys() & set(offered))

    def test_models_made_from_it(self):
        countries = fields.Many2many("res.country", "rt_copy_country")
        copy_model(self, "res.country.group", country_ids=countries)
        with self.refused("become live with it: rt.copy"):
            self.add("res.country.group")

    def test_fields(self):
        of = self.env["ir.model.fields"]._get
        for name, field in [
            ("res.country", of("res.partner", "city")),
            ("res.country", of("res.country", "image_url")),
            ("res.partner", of("res.partner", "image_1920")),
        ]:
            with self.subTest(field.name):
                with self.refused(f"({field.name})"):
                    self.add(name, field_ids=field.ids)
