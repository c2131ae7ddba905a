"""What Test Robot writes."""

import random
from datetime import timedelta

from odoo import fields


def new_name(env):
    """Return a name for a test record.

    :rtype: str
    """
    return env._("Test record %(number)s", number=random.randint(1, 99999))


def _date(record):
    begin = record.date or fields.Date.context_today(record)
    return begin + timedelta(days=random.randint(1, 28))


def _state(record):
    states = dict(record._fields["state"]._description_selection(record.env))
    return random.choice([state for state in states if state != record.state])


_OTHER = {
    "name": lambda record: new_name(record.env),
    "quantity": lambda record: record.quantity + random.randint(1, 99),
    "amount": lambda record: round(record.amount + random.randint(100, 9999) / 100, 2),
    "date": _date,
    "state": _state,
}
#: what the list of the console shows
FIELDS = tuple(_OTHER)


def other_value(record, name):
    """Return a value that a field of a record does not have.

    :param amanat.test.realtime record:
    :param str name: one of :data:`FIELDS`
    """
    return _OTHER[name](record)
