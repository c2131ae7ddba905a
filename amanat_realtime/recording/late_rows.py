"""Rows that were written long before their transaction commits.

A socket looks for ids above the last one it has sent, held back by some seconds
(``Websocket.MAX_NOTIFICATION_HISTORY_SEC``). A row that becomes visible later than that
would be lost to all sockets that had other messages meanwhile.
"""

import logging
import time

from odoo.tools import SQL

from .wake_up import wake_up_after_commit

_logger = logging.getLogger(__name__)

WRITTEN = "amanat_realtime.written_rows"
# half of what a socket looks back; the rest is left for the commit itself
LATE = 5


def note_written(env, row_id, channel):
    """Note when a row was written.

    :param Environment env:
    :param int row_id:
    :param tuple channel:
    """
    data = env.cr.postcommit.data
    if WRITTEN not in data:
        data[WRITTEN] = {}
        env.cr.postcommit.add(lambda: _renew(env))
    data[WRITTEN][row_id] = (time.monotonic(), channel)


def _renew(env):
    """Give late rows a new id, and wake up their listeners."""
    rows = env.cr.postcommit.data.pop(WRITTEN, {})
    limit = time.monotonic() - LATE
    late = {id_: channel for id_, (written, channel) in rows.items() if written < limit}
    if not late:
        return
    try:
        with env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """ WITH late AS (
                            DELETE FROM bus_bus WHERE id IN %s
                            RETURNING channel, message, create_uid, write_uid)
                        INSERT INTO bus_bus (channel, message, create_uid, write_uid,
                                             create_date, write_date)
                        SELECT channel, message, create_uid, write_uid,
                               now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                          FROM late """,
                    tuple(late),
                )
            )
            wake_up_after_commit(cr, late.values())
    except Exception:
        _logger.exception("Could not renew late notifications %s", list(late))
