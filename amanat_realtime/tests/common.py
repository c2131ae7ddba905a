"""Helpers for tests of live models, also of other addons."""

import json

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.amanat_realtime.channel import channel_tuple
from odoo.addons.amanat_realtime.recording.audience import AUDIENCES

CHANGES = "amanat_realtime/changes"


class RealtimeMixin:
    """For test cases with an ``env``: what is put on the bus, and who gets what."""

    live_model = "amanat.test.realtime"

    @classmethod
    def new_user(cls, login, groups="base.group_user", **values):
        """Create a user without paying for a strong password hash."""
        return new_test_user(cls.env, login, groups=groups, **values)

    def watch(self, *model_names):
        """Have messages about models sent, as if somebody had looked at them before."""
        names = model_names or (self.live_model,)
        self.env["amanat.realtime.lease"]._grant(names)
        self.begin_transaction()

    def begin_transaction(self):
        """Have what follows told to those who watch by now: a transaction, and a test
        is one, tells nobody who was not there when it changed something first.
        """
        self.env.cr.postcommit.data.pop(AUDIENCES, None)

    def set_live(self, *model_names, live=True):
        """Switch models on or off until the end of the test: a rollback alone leaves
        their classes as they are.
        """
        lines = self.env["amanat.realtime.model"].with_context(active_test=False)
        ours = [("model_id.model", "in", model_names)]
        self.addCleanup(lambda: lines.search(ours).unlink())
        lines._set_live(model_names, live)

    def commit(self):
        """Do what happens at commit, up to the rows on the bus.

        :return: the content of the new rows about live models
        :rtype: list[dict]
        """
        last = self.bus_position()
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.rows_after(last)

    def bus_position(self):
        return self.env["bus.bus"].sudo()._bus_last_id()

    def rows_after(self, last):
        rows = self.env["bus.bus"].sudo().search([("id", ">", last)], order="id")
        messages = [json.loads(row.message) for row in rows]
        return [m["payload"] for m in messages if m["type"] == CHANGES]

    def channel(self, model_name=None, room=None):
        return channel_tuple(self.env.cr.dbname, model_name or self.live_model, room)

    def received_by(self, user, last, model_name=None, room=None):
        """Return what a browser of ``user`` is given of the rows after ``last``.

        :rtype: list[dict]
        """
        bus = self.env["bus.bus"].with_user(user)
        channel = self.channel(model_name, room)
        # position 0 means a new browser, which looks back by time
        found = bus._poll([channel], last or -1)
        return [n["message"]["payload"] for n in found]


class RealtimeCase(RealtimeMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.watch()
