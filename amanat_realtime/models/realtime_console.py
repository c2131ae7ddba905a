import random
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..console.places import GONE, places_at
from ..console.records import (
    MODEL,
    change,
    chosen,
    create,
    newest,
    records_of_robot,
    sign,
)
from ..console.robot import robot_env, robot_of
from ..console.values import FIELDS
from ..presence.report import parse_number, parse_places, parse_tab
from ..presence.take_report import take_report

PROGRESS = "amanat.realtime.progress"
LIST_VIEW = "amanat_realtime.amanat_test_realtime_view_list_console"
# records on screen: edits of others could not be seen
SHOWN = 6
AT_FIRST = 3
STEPS = 50
# seconds: a bar that is full at once shows nothing
STEP_TIME = 0.1
LEFT_OVER = timedelta(days=1)


class RealtimeConsole(models.AbstractModel):
    """Another person, for those who test alone.

    Every method is for managers only, and does as Test Robot what it says, with records
    that Test Robot has created. Browsers name a tab that is not theirs in the header
    ``X-Amanat-Realtime-Tab``, so that they are told as others are.
    """

    _name = "amanat.realtime.console"
    _description = "Real-time: test console"

    @api.model
    def info(self):
        """Return what the pages need to know.

        :return: ``{"model", "robot": {"id", "name"}, "list_view"}``
        :rtype: dict
        """
        robot = robot_env(self.env).user.sudo()
        return {
            "model": MODEL,
            "robot": {"id": robot.id, "name": robot.name},
            "list_view": self.env.ref(LIST_VIEW).id,
        }

    @api.model
    def begin(self):
        """Create some records if there are none, and return :meth:`info`.

        :rtype: dict
        """
        if not records_of_robot(self.env).search_count([], limit=1):
            create(self.env, AT_FIRST)
        return self.info()

    @api.model
    def edit(self):
        """Change a field of a record that is on screen, both by chance.

        :return: ``{"id", "field"}``
        :rtype: dict
        """
        return change(random.choice(newest(self.env, SHOWN)), random.choice(FIELDS))

    @api.model
    def conflict(self, record_id, field):
        """Change what somebody is changing just now.

        :param int record_id:
        :param str field: one of those that the list of the console shows
        :return: ``{"id", "field"}``
        :rtype: dict
        """
        record = chosen(self.env, [record_id])
        if field not in FIELDS:
            raise ValidationError(
                self.env._("Test Robot does not change the field “%s”.", field)
            )
        if not record:
            raise UserError(self.env._("This record was deleted."))
        return change(record, field)

    @api.model
    def create_records(self, count=1):
        """Create records.

        :param int count:
        :return: their ids
        :rtype: list[int]
        """
        return create(self.env, count).ids

    @api.model
    def change_records(self, ids):
        """Change records, each differently.

        :param list[int] ids:
        """
        records = chosen(self.env, ids)
        for number, record in enumerate(records, start=1):
            record.quantity += number
        sign(records)

    @api.model
    def delete_records(self, ids=None):
        """Delete these records, as far as they are left, or the newest one.

        :param list[int] ids:
        :return: how many were deleted
        :rtype: int
        """
        records = newest(self.env, 1) if ids is None else chosen(self.env, ids)
        records.unlink()
        return len(records)

    @api.model
    def clean_up(self):
        """Delete all records of Test Robot.

        :return: how many there were
        :rtype: int
        """
        records = records_of_robot(self.env)
        records = records.search([("create_uid", "=", records.env.uid)])
        records.unlink()
        return len(records)

    @api.model
    def presence(self, tab, number, where):
        """Be somewhere, as a browser would report it.

        :param str tab: id of a tab that is not anybody else's
        :param int number: of the report of this tab, from 1
        :param str where: ``"list"``, ``"record"``, ``"field"`` or ``"gone"``; of the
            newest record
        :return: ``{"disabled"}``: whether presence is switched off
        :rtype: dict
        :raise ValidationError: if the report is malformed
        """
        env = robot_env(self.env)
        record = newest(self.env, 1) if where != GONE else env[MODEL]
        try:
            places = parse_places(places_at(where, record.id))
            tab, number = parse_tab(tab), parse_number(number)
        except ValueError as error:
            message = self.env._("Malformed presence report: %s.", error)
            raise ValidationError(message) from error
        answer = take_report(env, tab, number, places)
        return {"disabled": bool(answer.get("disabled"))}

    @api.model
    def notify(self):
        """Send a notification of a program about the newest record.

        :return: id of the record
        :rtype: int
        """
        record = newest(self.env, 1)
        record._send_realtime_notification(
            "console_greeting", ["name"], text=self.env._("Hello from Test Robot")
        )
        return record.id

    @api.model
    def work(self):
        """Do something that takes some seconds, and tell how far it is."""
        robot_env(self.env)
        text = self.env._("Work of Test Robot")
        with self.env[PROGRESS].track(text, total=STEPS) as step:
            for _number in range(STEPS):
                time.sleep(STEP_TIME)
                step()

    @api.autovacuum
    def _gc_left_over(self):
        """Delete what nobody has cleaned up."""
        since = fields.Datetime.now() - LEFT_OVER
        domain = [
            ("create_uid", "in", robot_of(self.env).ids),
            ("create_date", "<", since),
        ]
        self.env[MODEL].sudo().with_context(active_test=False).search(domain).unlink()
