"""Promise: everything, or one part of it for a model, can be switched off and on again;
that takes effect at once, and open browsers are told no more than that.
"""

import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.activation.session import session_part
from odoo.addons.amanat_realtime.activation.switches import is_enabled, set_enabled
from odoo.addons.amanat_realtime.exceptions import RealtimeConflictError
from odoo.addons.amanat_realtime.wire import SETTINGS
from odoo.addons.bus.models import ir_websocket
from odoo.addons.bus.models.bus import channel_with_db

from .presence_common import PresenceMixin, place

MODEL = "amanat.test.realtime"


@tagged("post_install", "-at_install")
class TestActivationSwitches(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user("rt_user")
        cls.record = cls.env[MODEL].create({"name": "One", "quantity": 1})

    def setUp(self):
        super().setUp()
        self.watch()

    def line(self, **values):
        model_id = self.env["ir.model"]._get_id(MODEL)
        line = self.env["amanat.realtime.model"].create({"model_id": model_id})
        line.write(values)
        return line

    def channels(self, user, *asked):
        req = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "wsrequest", req):
            websocket = self.env["ir.websocket"].with_user(user)
            channels = websocket._build_bus_channel_list(list(asked))
        return [channel_with_db(self.env.cr.dbname, channel) for channel in channels]

    def internal_users(self):
        """Return the channel of all internal users."""
        group = self.env.ref("base.group_user")
        return channel_with_db(self.env.cr.dbname, group)

    def hints(self, last):
        """Return the channels and contents of what browsers were told of settings."""
        rows = self.env["bus.bus"].sudo().search([("id", ">", last)])
        found = [(json.loads(row.channel), json.loads(row.message)) for row in rows]
        return [
            (channel, message["payload"])
            for channel, message in found
            if message["type"] == SETTINGS
        ]

    def save_late(self):
        """Save over what somebody else saved meanwhile."""
        base = {str(self.record.id): {"quantity": 1}}
        self.record.quantity = 5
        record = self.record.with_context(amanat_realtime_base=base)
        record.web_save({"quantity": 9}, {})

    # ------------------------------------------------------------
    # Everything
    # ------------------------------------------------------------

    def test_nothing_is_recorded(self):
        set_enabled(self.env, False)
        self.record.quantity = 2
        self.assertEqual(self.commit(), [])
        set_enabled(self.env, True)
        self.record.quantity = 3
        self.assertEqual(len(self.commit()), 1)

    def test_the_audit_goes_on_alone(self):
        self.line(audit=True)
        set_enabled(self.env, False)
        self.record.quantity = 2
        self.assertEqual(self.commit(), [])
        kept = self.env["amanat.activity"].sudo().search([("field", "=", "quantity")])
        self.assertEqual(kept.res_id, self.record.id)

    def test_nothing_is_delivered(self):
        last = self.bus_position()
        self.record.quantity = 2
        self.commit()
        set_enabled(self.env, False)
        self.assertEqual(self.received_by(self.user, last), [{}])
        set_enabled(self.env, True)
        self.assertTrue(self.received_by(self.user, last)[0]["update"])

    def test_nothing_is_followed(self):
        asked = f"amanat_realtime:{MODEL}"
        self.assertIn(self.channel(), self.channels(self.user, asked))
        set_enabled(self.env, False)
        self.assertNotIn(self.channel(), self.channels(self.user, asked))
        self.assertEqual(session_part(self.env(user=self.user))["models"], [])

    def test_nobody_is_present(self):
        self.registry_enter_test_mode()
        self.report(self.user, 1, place())
        self.assertTrue(self.stored())
        set_enabled(self.env, False)
        self.end_transaction()
        self.assertFalse(self.stored())
        self.assertTrue(self.report(self.user, 1, place())["disabled"])

    def test_saves_are_odoos(self):
        set_enabled(self.env, False)
        self.save_late()
        self.assertEqual(self.record.quantity, 9)

    def test_parameter(self):
        parameters = self.env["ir.config_parameter"]
        self.assertTrue(is_enabled(self.env))
        parameters.set_param("amanat_realtime.enabled", "False")
        self.assertFalse(is_enabled(self.env))
        parameters.search([("key", "=", "amanat_realtime.enabled")]).unlink()
        self.assertTrue(is_enabled(self.env))

    def test_settings_page(self):
        settings = self.env["res.config.settings"]
        field = "amanat_realtime_enabled"
        self.assertTrue(settings.default_get([field])[field])
        settings.create({field: False}).execute()
        self.assertFalse(is_enabled(self.env))
        self.assertFalse(settings.default_get([field])[field])
        presence = "amanat_realtime_presence"
        self.assertTrue(settings.default_get([presence])[presence], "left as it was")
        settings.create({field: True}).execute()
        self.assertTrue(is_enabled(self.env))

    # ------------------------------------------------------------
    # One model
    # ------------------------------------------------------------

    def test_conflicts(self):
        with self.assertRaises(RealtimeConflictError):
            self.save_late()
        self.line(conflicts=False)
        self.save_late()
        self.assertEqual(self.record.quantity, 9)
        part = session_part(self.env(user=self.user))
        self.assertEqual(part["conflicts_off"], [MODEL])
        self.assertIn(MODEL, part["models"])

    def test_conflicts_of_a_model_that_is_off(self):
        self.set_live(MODEL, live=False)
        self.save_late()
        self.assertEqual(self.record.quantity, 9)

    def test_toasts(self):
        env = self.env(user=self.user)
        self.assertEqual(session_part(env)["toasts_off"], [])
        self.line(toasts=False)
        self.assertEqual(session_part(env)["toasts_off"], [MODEL])

    def test_presence_of_a_model_that_is_switched_off(self):
        self.registry_enter_test_mode()
        self.report(self.user, 1, place())
        self.set_live(MODEL, live=False)
        self.end_transaction()
        self.assertFalse(self.stored())

    # ------------------------------------------------------------
    # Open browsers
    # ------------------------------------------------------------

    def assertHinted(self, change):
        self.registry_enter_test_mode()
        last = self.bus_position()
        change()
        self.env.flush_all()
        self.assertEqual(self.hints(last), [], "not before the commit")
        self.end_transaction()
        self.assertEqual(self.hints(last), [(list(self.internal_users()), {})])

    def test_told_of_the_switch_for_all(self):
        self.assertHinted(lambda: set_enabled(self.env, False))

    def test_told_of_a_line(self):
        self.assertHinted(lambda: self.line(toasts=False))

    def test_told_of_a_model(self):
        self.assertHinted(lambda: self.set_live("res.country"))

    def test_workers_are_told_first(self):
        self.registry_enter_test_mode()
        last = self.bus_position()
        told = []
        signal = lambda: told.append(len(self.hints(last)))  # noqa: E731
        self.line(toasts=False)
        self.env.flush_all()
        with patch.object(self.registry, "signal_changes", signal):
            self.env.cr.postcommit.run()
        self.assertEqual(told, [0])
        self.assertEqual(len(self.hints(last)), 1)

    def test_nobody_is_told_of_other_parameters(self):
        self.registry_enter_test_mode()
        last = self.bus_position()
        self.env["ir.config_parameter"].set_param("rt.something", "1")
        self.end_transaction()
        self.assertEqual(self.hints(last), [])

    def test_internal_users_hear_of_it(self):
        portal = self.new_user("rt_portal", "base.group_portal")
        self.assertIn(self.internal_users(), self.channels(self.user))
        self.assertNotIn(self.internal_users(), self.channels(portal))
