"""Promise: administrators switch measuring off and hand out the key on the settings
page, and nobody else does.
"""

from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, tagged

from odoo.addons.amanat_realtime.monitoring import key, samples

from .monitoring_common import MANAGER, MonitoringMixin
from .settings_common import assert_switch


@tagged("post_install", "-at_install")
class TestMonitoringSettings(MonitoringMixin, TransactionCase):
    def settings(self):
        return self.env["res.config.settings"].create({})

    def test_samples(self):
        assert_switch(self, "amanat_realtime_samples", samples.is_enabled)

    def test_key(self):
        self.assertEqual(key.key_of(self.env), "")
        self.settings().action_amanat_realtime_new_key()
        first = key.key_of(self.env)
        self.assertGreaterEqual(len(first), 40)
        self.assertEqual(self.settings().amanat_realtime_metrics_key, first)
        self.settings().action_amanat_realtime_new_key()
        self.assertNotEqual(key.key_of(self.env), first)
        self.settings().action_amanat_realtime_no_key()
        self.assertEqual(key.key_of(self.env), "")

    def test_saving_the_page_leaves_the_key(self):
        self.settings().action_amanat_realtime_new_key()
        before = key.key_of(self.env)
        Form(self.env["res.config.settings"]).save().execute()
        self.assertEqual(key.key_of(self.env), before)

    def test_not_for_managers(self):
        manager = self.new_user("rt_manager", groups=MANAGER)
        settings = self.settings().with_user(manager)
        for action in (
            settings.action_amanat_realtime_new_key,
            settings.action_amanat_realtime_no_key,
        ):
            with self.assertRaises(AccessError):
                action()
        self.assertEqual(key.key_of(self.env), "")
