"""Notifications that a program sends about records."""

from collections import defaultdict

from ..channel import channel_tuple
from ..wire import NOTIFICATION
from .guard import never_break
from .pending import pending_of
from .publish import header, insert_row
from .rooms import rooms_of
from .sendable import sendable

# what views follow by themselves
_SHOWN = {"create", "update", "unlink"}


def notify(records, action, names, extra):
    """See ``amanat.base.model._send_realtime_notification``.

    :param BaseModel records:
    :param str action:
    :param list[str] names: names of fields
    :param dict extra: JSON values
    :raise ValueError: if a field does not exist, or what is to be told is no JSON
    """
    for name in names:
        if name not in records._fields:
            raise ValueError(f"Invalid field {name!r} in {records._name!r}")
    content = sendable({"action": action, "fields": names, "extra": extra})
    ids = [id_ for id_ in records._ids if id_]
    if not ids or not _is_heard(records, action):
        return
    book = pending_of(records.env, records._name)
    if action == "update":
        book.mark_stale(ids, names)
    elif action == "create":
        book.created.update(dict.fromkeys(ids))
    elif action == "unlink":
        records.env.flush_all()
        records.browse(ids)._realtime_note_deletion()
    else:
        _send(records.browse(ids), {k: v for k, v in content.items() if v})


def _is_heard(records, action):
    if action in _SHOWN:
        return records._realtime_watched()
    # to read again is no substitute for these: what the process remembers will not do
    lease = records.env["amanat.realtime.lease"]
    return bool(lease._watched(records._realtime_scope_now()))


def _send(records, content):
    env = records.env

    @env.cr.precommit.add
    def send():
        with never_break("send a notification"), env.cr.savepoint(flush=False):
            for room, ids in _by_room(records).items():
                channel = channel_tuple(env.cr.dbname, records._name, room)
                row = header(env, records._name, room) | content | {"ids": ids}
                insert_row(env, channel, NOTIFICATION, row)


def _by_room(records):
    members = defaultdict(list, {None: list(records._ids)})
    if records._has_realtime_rooms():
        for record in records.sudo().exists():
            for room in rooms_of(record):
                members[room].append(record.id)
    return members
