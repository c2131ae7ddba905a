"""From the net effect of a transaction to rows on the bus."""

import json
import logging
import re
import sys
import time

from odoo.http import request
from odoo.sql_db import _FlushingSavepoint
from odoo.tools import SQL

from ..channel import channel_tuple
from .change_set import ChangeSet
from .rooms import split_by_room

_logger = logging.getLogger(__name__)

NOTIFICATION_TYPE = "amanat_realtime/changes"
TAB_HEADER = "X-Amanat-Realtime-Tab"
PROVISIONAL = "amanat_realtime.provisional_rows"
VERSION = 1

# a socket looks back this long for rows that were committed late; half of it is left
# for the commit itself
_LATE = 5
_TAB = re.compile(r"[\w-]{1,40}\Z", re.ASCII)
_SAVEPOINT_CODE = {
    _FlushingSavepoint.__init__.__code__,
    _FlushingSavepoint._close.__code__,
}


def publish(env, summaries):
    """Put one row per model, and per room, on the bus.

    The cursor is flushed at each savepoint as well as at commit, and what was flushed
    then cannot wait in memory: a rollback to an outer savepoint would not reach it
    there. So the row is written in any case, and the next flush of the same
    transaction takes it up again if it is still there.

    :param Environment env: its user is the author
    :param list[Summary] summaries:
    """
    provisional = _in_savepoint()
    rows = _provisional_rows(env)
    for summary in summaries:
        for room, changes in split_by_room(summary):
            channel = channel_tuple(env.cr.dbname, summary.model._name, room)
            lists = _take_up(env, rows.pop(channel, None), changes).to_row()
            if lists:
                content = header(env, summary.model._name, room) | lists
                row_id = insert_row(env, channel, NOTIFICATION_TYPE, content)
                if provisional:
                    rows[channel] = (row_id, time.monotonic())


def insert_row(env, channel, notification_type, content):
    """Put a row on the bus and have its listeners woken up after the commit.

    :param tuple channel:
    :param str notification_type:
    :param dict content: what delivery needs to know, all of it
    :return: id of the row
    :rtype: int
    """
    env["bus.bus"]._ensure_hooks()
    env.cr.postcommit.data["bus.bus.channels"].add(channel)
    # the ORM would take several times as long as the change itself
    [[row_id]] = env.execute_query(
        SQL(
            """ INSERT INTO bus_bus (channel, message, create_uid, write_uid,
                                     create_date, write_date)
                SELECT %s, %s, %s, %s, now.utc, now.utc
                  FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS utc) now
             RETURNING id """,
            _dump(channel),
            _dump({"type": notification_type, "payload": content}),
            env.uid,
            env.uid,
        )
    )
    return row_id


def header(env, model_name, room=None):
    """Return what every row says: who, where, when.

    :rtype: dict
    """
    content = {
        "v": VERSION,
        "model": model_name,
        "by": env.uid,
        "at": env.cr.now().isoformat(timespec="microseconds") + "Z",
    }
    if room:
        content["room"] = room
    if tab := _tab_of_request():
        content["tab"] = tab
    return content


def _tab_of_request():
    """Return the id of the browser tab that this transaction works for, if any."""
    if not request:
        return None
    tab = request.httprequest.headers.get(TAB_HEADER, "")
    return tab if _TAB.match(tab) else None


def _provisional_rows(env):
    """Return ``{channel: (row id, time)}`` of what savepoints have put on the bus."""
    data = env.cr.postcommit.data
    if PROVISIONAL not in data:
        data[PROVISIONAL] = {}
        env.cr.postcommit.add(lambda: _renew_late_rows(env))
    return data[PROVISIONAL]


def _take_up(env, earlier, changes):
    """Join what an earlier savepoint of the same transaction has put on the bus."""
    if not earlier:
        return changes
    found = env.execute_query(
        SQL("DELETE FROM bus_bus WHERE id = %s RETURNING message", earlier[0])
    )
    if not found:
        return changes
    joined = ChangeSet.from_row(json.loads(found[0][0])["payload"])
    joined.follow(changes)
    return joined


def _in_savepoint():
    frame = sys._getframe(1)
    for _depth in range(12):
        if frame is None:
            break
        if frame.f_code in _SAVEPOINT_CODE:
            return True
        frame = frame.f_back
    return False


def _renew_late_rows(env):
    """Give rows that were written long before the commit a new id: sockets that saw
    higher ids meanwhile no longer look for the old one.
    """
    rows = env.cr.postcommit.data.pop(PROVISIONAL, {})
    limit = time.monotonic() - _LATE
    late = tuple(row_id for row_id, written in rows.values() if written < limit)
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
                    late,
                )
            )
    except Exception:
        _logger.exception("Could not renew late notifications %s", late)


def _dump(value):
    return json.dumps(value, separators=(",", ":"))
