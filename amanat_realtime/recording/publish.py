"""From the net effect of a transaction to rows on the bus."""

import json
import sys
import time
from datetime import datetime, timezone

from odoo.sql_db import _FlushingSavepoint
from odoo.tools import SQL

from ..channel import channel_tuple
from ..monitoring.published import forget_published, note_published
from ..origin import tab_of_request
from ..wire import CHANGES, VERSION, timestamp
from .change_set import ChangeSet
from .late_rows import note_written
from .log import log_published
from .rooms import split_by_room
from .wake_up import wake_up_after_commit

PROVISIONAL = "amanat_realtime.provisional_rows"

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
    rows = env.cr.postcommit.data.setdefault(PROVISIONAL, {})
    for summary in summaries:
        for room, changes in split_by_room(summary):
            channel = channel_tuple(env.cr.dbname, summary.model._name, room)
            lists = _take_up(env, rows.get(channel, ()), changes).to_row()
            if lists:
                content = header_now(env, summary.model._name, room) | lists
                row_id = insert_row(env, channel, CHANGES, content)
                log_published(summary.model._name, room, lists)
                if provisional:
                    rows.setdefault(channel, []).append(row_id)


def insert_row(env, channel, notification_type, content):
    """Put a row on the bus and have its listeners woken up after the commit.

    :param tuple channel:
    :param str notification_type:
    :param dict content: what delivery needs to know, all of it
    :return: id of the row
    :rtype: int
    """
    wake_up_after_commit(env.cr, [channel])
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
    note_written(env, row_id, channel)
    note_published(env, row_id, notification_type, content)
    return row_id


def header(env, model_name, room=None):
    """Return what every row says: who, where, when.

    :rtype: dict
    """
    content = {
        "v": VERSION,
        "model": model_name,
        "by": env.uid,
        "at": timestamp(env.cr.now()),
        # not told to browsers
        "written": int(time.time()),
    }
    if room:
        content["room"] = room
    if tab := tab_of_request():
        content["tab"] = tab
    return content


def header_now(env, model_name, room=None):
    """Return the header of a row about what is committed now; the transaction may have
    begun long ago.

    :rtype: dict
    """
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return header(env, model_name, room) | {"at": timestamp(now)}


def _take_up(env, row_ids, changes):
    """Join what earlier savepoints of the same transaction have put on the bus, as far
    as it was not rolled back.
    """
    if not row_ids:
        return changes
    forget_published(env, row_ids)
    found = env.execute_query(
        SQL("DELETE FROM bus_bus WHERE id IN %s RETURNING id, message", tuple(row_ids))
    )
    joined = ChangeSet()
    for _id, message in sorted(found):
        joined.follow(ChangeSet.from_row(json.loads(message)["payload"]))
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


def _dump(value):
    return json.dumps(value, separators=(",", ":"))
