"""Promise: administrators choose on the settings page how connections are served."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.fanout import switch

from .settings_common import assert_switch


@tagged("post_install", "-at_install")
class TestFanoutSettings(TransactionCase):
    def test_switch(self):
        assert_switch(self, "amanat_realtime_shared_fanout", switch.is_chosen)
