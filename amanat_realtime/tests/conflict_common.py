"""Helpers for tests of saves that say what they started from."""

import json

from odoo.addons.amanat_realtime.conflict.base import BASE, UNATTENDED
from odoo.addons.amanat_realtime.exceptions import RealtimeConflictError

from .common import RealtimeCase


class ConflictCase(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls.new_user("rt_anna", name="Anna")
        cls.ben = cls.new_user("rt_ben", name="Ben")
        cls.record = cls.env["amanat.test.realtime"].create(
            {
                "name": "One",
                "quantity": 1,
                "line_ids": [
                    (0, 0, {"name": "First", "quantity": 1, "price": 10}),
                    (0, 0, {"name": "Second", "quantity": 2, "price": 20}),
                ],
            }
        )
        cls.first, cls.second = cls.record.line_ids

    def setUp(self):
        super().setUp()
        # that the records were created is told by itself
        self.commit()

    def mine(self, record=None, **context):
        """Return a record as Anna's browser addresses it."""
        record = self.record if record is None else record
        return record.with_user(self.anna).with_context(**context)

    def save(self, vals, base, record=None, spec=None, next_id=None, **context):
        record = self.record if record is None else record
        if len(record) == 1:
            base = {str(record.id): base}
        context[BASE] = base
        mine = self.mine(record, **context)
        return mine.web_save(vals, spec or {"name": {}}, next_id=next_id)

    def save_unattended(self, vals, base, record=None, **kwargs):
        return self.save(vals, base, record, **{UNATTENDED: True}, **kwargs)

    def change(self, record=None, **values):
        """Have Ben change something."""
        record = self.record if record is None else record
        record.with_user(self.ben).write(values)
        self.commit()

    def conflicts_of(self, *args, **kwargs):
        """Save, expecting to be refused.

        :return: what the browser is told
        """
        with self.assertRaises(RealtimeConflictError) as caught:
            self.save(*args, **kwargs)
        error = caught.exception
        self.assertEqual(error.context["model"], "amanat.test.realtime")
        self.assertIs(error.context["conflicts"], error.conflicts)
        self.assertEqual(error.args, (str(error),))
        # it has to travel
        self.assertEqual(json.loads(json.dumps(error.context)), error.context)
        return error.conflicts
