"""Promise: a line in "Real-time Models" makes any model live, as its code would, and
takes that back again; models that are not listed are not touched.
"""

import logging
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.activation.classes import (
    MIXIN,
    live_models,
    set_live_models,
)

from .activation_common import copy_model
from .common import RealtimeMixin

PARTNER = "res.partner"
CODED = "amanat.test.realtime"


def functions(registry):
    """Return what makes up the classes of all models."""
    return {
        name: (
            cls,
            cls.__bases__,
            cls._base_classes__,
            cls.__mro__,
            [getattr(cls, method) for method in METHODS],
        )
        for name, cls in registry.items()
    }


METHODS = ["create", "write", "unlink", "_write_multi", "modified", "web_save"]


@tagged("post_install", "-at_install")
class TestActivation(RealtimeMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env[PARTNER].create({"name": "Azure"})

    def setUp(self):
        super().setUp()
        # only the database is rolled back after each test
        self.addCleanup(self.env["amanat.realtime.model"]._register_hook)

    def line(self, name):
        lines = self.env["amanat.realtime.model"].with_context(active_test=False)
        return lines.search([("model_id.model", "=", name)])

    def test_changes_are_told(self):
        self.set_live(PARTNER)
        self.watch(PARTNER)
        self.partner.write({"city": "Riga"})
        [row] = self.commit()
        [update] = row["update"]
        self.assertEqual((row["model"], update["ids"]), (PARTNER, self.partner.ids))
        self.assertEqual(update["diff"], {"city": [False, "Riga"]})
        created = self.partner.create({"name": "New"})
        [row] = self.commit()
        self.assertEqual(row["create"], created.ids)
        created.unlink()
        [row] = self.commit()
        self.assertEqual(row["unlink"], created.ids)

    def test_readers_are_told(self):
        self.set_live(PARTNER)
        self.watch(PARTNER)
        reader = self.new_user("rt_reader")
        last = self.bus_position()
        self.partner.city = "Riga"
        self.commit()
        [message] = self.received_by(reader, last, PARTNER)
        self.assertEqual(message["update"][0]["diff"], {"city": [False, "Riga"]})
        self.set_live(PARTNER, live=False)
        self.assertEqual(self.received_by(reader, last, PARTNER), [{}])

    def test_nothing_is_told_without_it(self):
        self.watch(PARTNER)
        self.partner.city = "Riga"
        self.assertEqual(self.commit(), [])
        self.set_live(PARTNER)
        self.set_live(PARTNER, live=False)
        self.partner.city = "Tartu"
        self.assertEqual(self.commit(), [])

    def test_values_inherited_from_it(self):
        user = self.new_user("rt_delegate")
        self.set_live(PARTNER)
        self.watch(PARTNER)
        user.name = "Somebody Else"
        [row] = self.commit()
        self.assertEqual(row["update"][0]["ids"], user.partner_id.ids)
        self.assertIn("name", row["update"][0]["diff"])
        self.assertNotIn("res.users", live_models(self.registry))

    def test_models_that_are_not_listed(self):
        before = functions(self.registry)
        self.set_live(PARTNER)
        during = functions(self.registry)
        self.assertNotEqual(before.pop(PARTNER), during.pop(PARTNER))
        self.assertEqual(before, during)
        self.assertTrue(issubclass(self.registry[PARTNER], self.registry[MIXIN]))

    def test_no_trace_is_left(self):
        before = functions(self.registry)
        names = list(self.registry[PARTNER]._fields)
        self.set_live(PARTNER)
        self.registry._setup_models__(self.env.cr)
        self.line(PARTNER).unlink()
        self.assertEqual(before, functions(self.registry))
        self.assertEqual(names, list(self.registry[PARTNER]._fields))
        self.assertEqual(self.partner.read(["name"])[0]["name"], "Azure")

    def test_archived_is_as_deleted(self):
        before = functions(self.registry)
        self.set_live(PARTNER)
        self.line(PARTNER).active = False
        self.assertEqual(before, functions(self.registry))
        self.line(PARTNER).active = True
        self.assertIn(PARTNER, live_models(self.registry))

    def test_setup_of_the_registry(self):
        self.set_live(PARTNER)
        live = functions(self.registry)
        self.registry._setup_models__(self.env.cr)
        self.assertEqual(live, functions(self.registry))
        self.watch(PARTNER)
        self.partner.city = "Riga"
        self.assertTrue(self.commit())

    def test_rollback(self):
        before = functions(self.registry)
        self.registry_enter_test_mode()
        self.env.flush_all()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.env["amanat.realtime.model"]._set_live([PARTNER], True)
            self.assertIn(PARTNER, live_models(self.registry))
            raise ZeroDivisionError
        # what Odoo does with a request that failed
        self.registry.reset_changes()
        self.assertEqual(before, functions(self.registry))
        self.assertNotIn(PARTNER, live_models(self.registry))

    def test_set_up_by_another_thread_meanwhile(self):
        self.registry_enter_test_mode()
        self.set_live(PARTNER)
        # a request that failed sees what was committed
        set_live_models(self.registry, {})
        self.assertNotIn(PARTNER, live_models(self.registry))
        self.env.flush_all()
        with patch.object(self.registry, "signal_changes"):
            self.env.cr.postcommit.run()
        self.assertIn(PARTNER, live_models(self.registry))

    def test_other_workers_load_the_registry_anew(self):
        self.registry.registry_invalidated = False
        self.set_live(PARTNER)
        self.assertTrue(self.registry.registry_invalidated)
        self.registry.registry_invalidated = False
        self.line(PARTNER).toasts = False
        self.assertFalse(self.registry.registry_invalidated)
        self.assertIn("default", self.registry.cache_invalidated)

    def test_switched_off_before_the_commit(self):
        self.set_live(PARTNER)
        self.watch(PARTNER)
        self.partner.city = "Riga"
        self.env.flush_all()
        self.set_live(PARTNER, live=False)
        with self.assertNoLogs("odoo.addons.amanat_realtime.recording", "ERROR"):
            self.assertEqual(self.commit(), [])

    def test_live_by_code(self):
        record = self.env[CODED].create({"name": "One"})
        self.watch(CODED)
        self.set_live(CODED)
        self.assertFalse(self.line(CODED), "it is so without a line")
        self.set_live(CODED, live=False)
        self.assertTrue(self.line(CODED).is_coded)
        self.assertNotIn(CODED, live_models(self.registry))
        record.quantity = 2
        self.assertEqual(self.commit(), [])
        self.line(CODED).unlink()
        record.quantity = 3
        self.assertEqual(len(self.commit()), 1)

    def test_chosen_fields(self):
        self.set_live(PARTNER)
        self.watch(PARTNER)
        city = self.env["ir.model.fields"]._get(PARTNER, "city")
        self.line(PARTNER).field_ids = city
        self.partner.write({"city": "Riga", "street": "Brivibas 1"})
        [row] = self.commit()
        self.assertEqual(row["update"][0]["diff"], {"city": [False, "Riga"]})
        self.line(PARTNER).field_ids = False
        self.partner.street = "Brivibas 2"
        self.assertEqual(len(self.commit()), 1)

    def test_chosen_fields_of_a_model_with_code(self):
        record = self.env[CODED].create({"name": "One"})
        self.watch(CODED)
        model_id = self.env["ir.model"]._get_id(CODED)
        name = self.env["ir.model.fields"]._get(CODED, "name")
        lines = self.env["amanat.realtime.model"]
        lines.create({"model_id": model_id, "field_ids": name.ids})
        record.write({"name": "Two", "quantity": 7})
        [row] = self.commit()
        self.assertEqual(row["update"][0]["diff"], {"name": ["One", "Two"]})

    def test_custom_model(self):
        self.env["ir.model"].create({"name": "Thing", "model": "x_rt_thing"})
        self.addCleanup(self.registry._setup_models__, self.env.cr)
        self.set_live("x_rt_thing")
        self.watch("x_rt_thing")
        thing = self.env["x_rt_thing"].create({"x_name": "One"})
        self.commit()
        # any custom field has Odoo make the classes of custom models anew
        self.registry._setup_models__(self.env.cr, [])
        self.env["x_rt_thing"].browse(thing.id).x_name = "Two"
        [row] = self.commit()
        self.assertEqual(row["update"][0]["diff"], {"x_name": ["One", "Two"]})

    def test_hooks_that_patch_methods(self):
        # automation rules patch what they find: that must be the live model's method
        Tag = self.registry["res.partner.category"]

        def register(_model):
            origin = Tag.create
            Tag.create = lambda self, vals_list: origin(self, vals_list)

        def unregister(_model):
            if "create" in vars(Tag):
                del Tag.create

        Other = self.registry[CODED]
        self.startPatcher(patch.object(Other, "_register_hook", register))
        self.startPatcher(patch.object(Other, "_unregister_hook", unregister))
        self.addCleanup(unregister, None)
        register(None)
        self.set_live(Tag._name)
        self.watch(Tag._name)
        tag = self.env[Tag._name].create([{"name": "One"}])
        [row] = self.commit()
        self.assertEqual(row["create"], tag.ids)

    def test_one_line_in_the_log(self):
        # Odoo calls another level "INFO", too
        with self.assertLogs("odoo.addons.amanat_realtime", logging.INFO) as logs:
            self.set_live(PARTNER)
        told = f"user {self.env.uid} switched on ['res.partner']; off []"
        [line] = logs.output
        self.assertIn(told, line)

    def test_refused_when_the_registry_is_loaded(self):
        self.set_live(PARTNER)
        categories = fields.Many2many("res.partner.category", "rt_copy_category")
        copy_model(self, PARTNER, category_id=categories)
        rows = self.env["amanat.realtime.model"]
        with self.assertLogs("odoo.addons.amanat_realtime", "WARNING") as logs:
            rows._register_hook()
        self.assertIn("rt.copy", logs.output[0])
        self.assertNotIn(PARTNER, live_models(self.registry))
        self.assertFalse(issubclass(self.registry[PARTNER], self.registry[MIXIN]))
