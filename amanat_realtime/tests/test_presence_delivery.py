"""Promise: a browser is told where a tab is as far as its person may know, and nothing
that the server keeps for its checks.
"""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.delivery import deliver
from odoo.addons.amanat_realtime.delivery import presence as delivery

from .presence_common import MODEL, PresenceMixin, place, tab_of


@tagged("post_install", "-at_install")
class TestPresenceDelivery(PresenceMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = cls.new_user("rt_ivan", name="Ivan")
        cls.maria = cls.new_user("rt_maria", name="Maria")
        cls.record = cls.env[MODEL].create({"name": "One"})

    def setUp(self):
        super().setUp()
        deliver.decisions.clear()
        self.report(self.maria, 2, place(), place(room="2026-11"))
        self.last = self.bus_position()

    def test_what_a_browser_gets(self):
        places = [place(), place(self.record, state="editing", field="name")]
        self.report(self.ivan, 1, *places)
        [payload] = self.received_by(self.maria, self.last)
        self.assertRegex(payload.pop("at"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        expected = {
            "v": 1,
            "model": MODEL,
            "tab": tab_of(1),
            "user": {"id": self.ivan.id, "name": "Ivan"},
            "places": places,
        }
        self.assertEqual(payload, expected)

    def test_leaving(self):
        self.report(self.ivan, 1, place())
        self.last = self.bus_position()
        self.report(self.ivan, 1)
        [payload] = self.received_by(self.maria, self.last)
        self.assertEqual(payload["places"], [])
        self.assertEqual(payload["tab"], tab_of(1))

    def test_room(self):
        self.report(self.ivan, 1, place(room="2026-11"))
        self.assertEqual(self.received_by(self.maria, self.last), [])
        [payload] = self.received_by(self.maria, self.last, room="2026-11")
        self.assertEqual(payload["room"], "2026-11")

    def test_own_other_tabs_get_it(self):
        self.report(self.ivan, 1, place())
        self.assertTrue(self.received_by(self.ivan, self.last)[0])

    def test_what_has_expired_is_not_told(self):
        self.report(self.ivan, 1, place())
        with patch.object(delivery, "PRESENCE_TTL", -1):
            self.assertEqual(self.received_by(self.maria, self.last), [{}])

    def test_what_cannot_be_judged_is_not_told(self):
        self.report(self.ivan, 1, place())
        broken = patch.object(delivery, "visible", side_effect=ValueError("broken"))
        logger = "odoo.addons.amanat_realtime.delivery.deliver"
        with broken, self.assertLogs(logger, "ERROR"):
            self.assertEqual(self.received_by(self.maria, self.last), [{}])

    def test_decided_once_for_equal_rights(self):
        readers = [self.new_user(f"rt_reader{number}") for number in range(5)]
        self.report(self.ivan, 1, place(self.record))
        with patch.object(delivery, "visible", side_effect=delivery.visible) as judge:
            for reader in readers:
                self.received_by(reader, self.last)
        self.assertEqual(judge.call_count, 1)
