"""Counting what a transaction puts on the bus, once it has committed."""

from ..recording.guard import never_break
from ..wire import CHANGES, NOTIFICATION, PRESENCE
from . import counters as names
from .counters import merge
from .flusher import flusher

PUBLISHED = "amanat_realtime.published_rows"


def note_published(env, row_id, notification_type, content):
    """Note that a row is on the bus. This is in the path of every change: no SQL here.

    :param Environment env:
    :param int row_id:
    :param str notification_type:
    :param dict content: of the row
    """
    data = env.cr.postcommit.data
    if PUBLISHED not in data:
        data[PUBLISHED] = {}
        env.cr.postcommit.add(lambda: _count(env))
    data[PUBLISHED][row_id] = _figures(notification_type, content)


def forget_published(env, row_ids):
    """Rows were taken back, or rolled back.

    :param Environment env:
    :param Iterable[int] row_ids:
    """
    for row_id in row_ids:
        env.cr.postcommit.data.get(PUBLISHED, {}).pop(row_id, None)


def _count(env):
    figures = {}
    with never_break("count what was published"):
        for row in env.cr.postcommit.data.pop(PUBLISHED, {}).values():
            merge(figures, row)
        flusher.add(env.cr.dbname, figures)


def _figures(notification_type, content):
    model = content.get("model", "")
    if notification_type == NOTIFICATION:
        return {names.NOTIFICATIONS: {model: 1}}
    if notification_type == PRESENCE:
        return {names.PRESENCE: {model: 1}}
    if notification_type != CHANGES:
        return {}
    figures = {names.MESSAGES: {model: 1}}
    if content.get("refresh"):
        figures[names.REFRESHES] = {model: 1}
    elif "room" not in content:
        # what is told in a room is told to the whole model too
        records = sum(len(group["ids"]) for group in content.get("update", ()))
        records += len(content.get("create", ())) + len(content.get("unlink", ()))
        figures[names.RECORDS] = {model: records}
        figures[names.COALESCED] = {model: max(records - 1, 0)}
    return figures
