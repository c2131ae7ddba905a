"""Helpers for tests of presence."""

import itertools
import json
from unittest.mock import patch

from odoo.addons.amanat_realtime.presence.report import parse_places
from odoo.addons.amanat_realtime.presence.take_report import take_report

from .common import RealtimeMixin

LIMITED = "amanat_realtime.group_realtime_limited"
MODEL = "amanat.test.realtime"
#: of reports, whichever tab makes them
numbers = itertools.count(1)


def tab_of(number):
    """Return the id of a tab.

    :param int number: of the tab
    """
    return f"{number:024x}"


def place(record=None, **values):
    """Return a place in the test model: the list, or a record."""
    where = {"id": record.id} if record else {}
    return {"model": MODEL, "state": "viewing", **where, **values}


class PresenceMixin(RealtimeMixin):
    def report(self, user, tab, *places, number=None):
        """Report as the browser of a person does.

        :param int tab: number of the tab
        :param int number: of the report, if it is not the last one so far
        :return: the answer
        """
        env = self.env(user=user, su=False)
        number = number or next(numbers)
        return take_report(env, tab_of(tab), number, parse_places(list(places)))

    def present(self, user, *asked):
        """Return who is present for a person, as ``{name: places}``."""
        answer = self.report(user, 0xF0000 + user.id, *(asked or [place()]))
        return {p["user"]["name"]: p["places"] for p in answer["present"]}

    def presence_rows(self, last):
        """Return the content of the presence rows on the bus after ``last``."""
        rows = self.env["bus.bus"].sudo().search([("id", ">", last)], order="id")
        messages = [json.loads(row.message) for row in rows]
        return [m["payload"] for m in messages if m["type"].endswith("/presence")]

    def end_transaction(self):
        """Do what happens after a commit."""
        self.env.flush_all()
        # nothing is committed: this process must not seem to be ahead of the others
        with patch.object(self.registry, "signal_changes"):
            self.env.cr.postcommit.run()

    def stored(self):
        """Return the rows of the table that say where somebody is."""
        self.env.invalidate_all()
        return self.env["amanat.realtime.presence"].sudo().search([("model", "!=", "")])
