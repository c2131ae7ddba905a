"""Promise: the audit is off until a manager switches it on for a model, and is kept for
as long as an administrator says.
"""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.amanat_realtime.audit import retention

from .audit_common import LINE, MANAGER, MODEL, AuditCase

FIELD = "amanat_realtime_audit_days"


@tagged("post_install", "-at_install")
class TestAuditSettings(AuditCase):
    def age(self, *days):
        """Make one row of each age."""
        for count in days:
            self.record.quantity += 1
            row = self.end_transaction()
            row.date -= timedelta(days=count)
            row.flush_recordset()

    def ages(self):
        rows = self.env["amanat.activity"].search([("field", "=", "quantity")])
        return sorted((self.env.cr.now() - row.date).days for row in rows)

    def settings(self, days):
        self.env["res.config.settings"].create({FIELD: days}).execute()

    def shown(self):
        return self.env["res.config.settings"].default_get([FIELD])[FIELD]

    def test_off_by_default(self):
        manager = self.new_user("rt_manager", MANAGER)
        lines = self.env["amanat.realtime.model"].with_user(manager)
        line = lines.create({"model_id": self.env["ir.model"]._get_id(LINE)})
        self.assertFalse(line.audit)
        self.assertNotIn(LINE, lines._audited())
        line.audit = True
        self.assertIn(LINE, lines._audited())
        line.unlink()
        self.assertNotIn(LINE, lines._audited())

    def test_other_workers_are_told(self):
        line = self.env["amanat.realtime.model"].search([("audit", "=", True)])
        self.env.registry.cache_invalidated.clear()
        line.audit = False
        self.assertIn("default", self.env.registry.cache_invalidated)

    def test_activity_of_a_model(self):
        self.record.quantity = 4
        self.end_transaction()
        line = self.env["amanat.realtime.model"].search([("audit", "=", True)])
        action = line.action_activity()
        rows = self.env["amanat.activity"].search(action["domain"])
        self.assertEqual(set(rows.mapped("model")), {MODEL})

    def test_days(self):
        self.assertEqual(self.shown(), 365)
        self.settings(30)
        self.assertEqual(self.shown(), 30)
        self.settings(0)
        self.assertEqual(self.shown(), 0)
        self.assertEqual(retention.kept_days(self.env), 0)
        with self.assertRaises(ValidationError):
            self.settings(-1)

    def test_nonsense_loses_nothing(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(retention.PARAMETER, "a year")
        self.assertEqual(retention.kept_days(self.env), 0)

    def test_only_administrators(self):
        manager = self.new_user("rt_manager", MANAGER)
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(manager).create({FIELD: 1})

    def test_page(self):
        self.assertIn(FIELD, self.env["res.config.settings"].get_view()["arch"])

    def test_vacuum(self):
        self.age(0, 29, 31, 400)
        self.settings(30)
        self.env["amanat.activity"]._gc_activity()
        self.assertEqual(self.ages(), [0, 29])

    def test_vacuum_in_batches(self):
        self.age(400, 401, 402)
        activity = self.env["amanat.activity"]
        with patch.object(retention, "BATCH", 2):
            self.assertEqual(activity._gc_activity(), (2, 1))
            self.assertEqual(self.ages(), [400], "the oldest first")
            self.assertEqual(activity._gc_activity(), (1, 0))
        self.assertEqual(self.ages(), [])

    def test_for_ever(self):
        self.age(4000)
        self.settings(0)
        self.assertEqual(self.env["amanat.activity"]._gc_activity(), (0, 0))
        self.assertEqual(self.ages(), [4000])
