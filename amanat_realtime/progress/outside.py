"""Short transactions of our own, beside the one of the work."""

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

_TRIES = 3
# The work may hold locks that we would wait for as long as it waits for us.
_LOCK_TIMEOUT = "2s"


def run_outside(registry, write):
    """Do something in a transaction of its own.

    :param Registry registry:
    :param Callable[[Environment], object] write: run again after a serialization
        failure
    :return: what ``write`` returned
    :raise Exception: whatever went wrong: there may be no connection left
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            with registry.cursor() as cr:
                cr.execute(SQL("SET LOCAL lock_timeout = %s", _LOCK_TIMEOUT))
                return write(api.Environment(cr, SUPERUSER_ID, {}))
        except SerializationFailure:
            if not tries_left:
                raise
