"""Helpers for tests of the audit, also of other addons."""

from odoo.tests import TransactionCase

from odoo.addons.amanat_realtime.audit.audit import TRANSACTION

from .common import RealtimeMixin

MODEL = "amanat.test.realtime"
LINE = "amanat.test.realtime.line"
TAG = "amanat.test.realtime.tag"
MANAGER = "amanat_realtime.group_realtime_manager"


class AuditMixin(RealtimeMixin):
    """For test cases with an ``env``: what the audit notes, and who may read it."""

    @classmethod
    def audit(cls, *model_names):
        """Switch the audit on, as a manager does."""
        lines = cls.env["amanat.realtime.model"]
        for name in model_names:
            model_id = cls.env["ir.model"]._get_id(name)
            line = lines.search([("model_id", "=", model_id)])
            if line:
                line.audit = True
            else:
                lines.create({"model_id": model_id, "audit": True})

    def end_transaction(self):
        """Do what happens at commit.

        :return: the new rows of the audit, the oldest first
        :rtype: AmanatActivity
        """
        activity = self.env["amanat.activity"].sudo()
        self.env.flush_all()
        self.env.cr.precommit.run()
        # a real commit forgets it
        token, _models = self.env.cr.postcommit.data.pop(TRANSACTION, (None, None))
        activity.invalidate_model()
        return activity.search([("transaction", "=", token)], order="id")

    def changes(self, rows):
        """Return ``{field: (old, new)}`` as it is kept as text."""
        return {row.field: (row.old_text, row.new_text) for row in rows}


class AuditCase(AuditMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audit(MODEL)
        cls.record = cls.env[MODEL].create({"name": "One", "quantity": 1})

    def setUp(self):
        super().setUp()
        self.end_transaction()
