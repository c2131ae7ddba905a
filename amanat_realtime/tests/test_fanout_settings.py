"""Promise: administrators choose on the settings page how connections are served."""

from odoo.tests import Form, TransactionCase, tagged

from odoo.addons.amanat_realtime.fanout import switch


@tagged("post_install", "-at_install")
class TestFanoutSettings(TransactionCase):
    def test_switch(self):
        self.assertTrue(switch.is_chosen(self.env))
        for wanted in (False, True):
            settings = Form(self.env["res.config.settings"])
            self.assertEqual(settings.amanat_realtime_shared_fanout, not wanted)
            settings.amanat_realtime_shared_fanout = wanted
            settings.save().execute()
            self.assertEqual(switch.is_chosen(self.env), wanted)
