"""Waking up, after a commit, the processes whose sockets are to look at the bus.

Core takes a connection to the database "postgres" from its pool for that, with a
transaction of its own, and waits for the disk. None of it is needed for a signal that
is worth nothing after a crash: one connection is kept here, one round trip does it.
"""

import logging
import os
import threading

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tools import SQL, OrderedSet

from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION, get_notify_payloads

_logger = logging.getLogger(__name__)

# the key is core's: what others put there is told in the same breath
CHANNELS = "bus.bus.channels"


class Notifier:
    """Of one process."""

    def __init__(self):
        self._forget()

    def notify(self, payloads):
        """Tell all processes of channels that have something new.

        :param list[str] payloads:
        :raise psycopg2.Error: there is no connection to be had
        """
        with self._lock:
            try:
                self._send(payloads)
            except psycopg2.Error:
                # PostgreSQL was restarted, or somebody has cut idle connections
                self._connection = None
                self._send(payloads)

    def _send(self, payloads):
        if self._connection is None or self._connection.closed:
            _name, info = connection_info_for("postgres")
            self._connection = psycopg2.connect(**info)
            self._connection.autocommit = True
        function = SQL.identifier(ODOO_NOTIFY_FUNCTION)
        calls = [SQL("SELECT %s('imbus', %s)", function, text) for text in payloads]
        query = SQL(
            # statements of one message are one transaction
            "SET LOCAL synchronous_commit TO off; %s",
            SQL("; ").join(calls),
        )
        with self._connection.cursor() as cr:
            cr.execute(query.code, query.params)

    def _forget(self):
        """Begin anew: a forked process must not talk in its parent's connection."""
        self._lock = threading.Lock()
        self._connection = None


notifier = Notifier()
os.register_at_fork(after_in_child=notifier._forget)


def wake_up_after_commit(cr, channels=()):
    """See to it that listeners are woken up when a transaction has committed.

    :param Cursor cr:
    :param Iterable[tuple] channels: others may be added to the data of the hook
    """
    data = cr.postcommit.data
    if CHANNELS not in data:
        data[CHANNELS] = OrderedSet()
        cr.postcommit.add(lambda: _wake_up(data.pop(CHANNELS, ())))
    data[CHANNELS].update(channels)


def _wake_up(channels):
    payloads = get_notify_payloads(list(channels))
    if not payloads:
        return
    try:
        notifier.notify(payloads)
    except psycopg2.Error:
        # the change is committed: those who look next will find it
        _logger.exception("Real-time: could not wake up the listeners of %s", channels)
