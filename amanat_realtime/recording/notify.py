"""Notifications that a program sends about records."""

from ..channel import channel_tuple
from .guard import never_break
from .pending import pending_of
from .publish import header, insert_row

NOTIFICATION_TYPE = "amanat_realtime/notification"


def notify(records, action, names, extra):
    """See ``amanat.base.model._send_realtime_notification``.

    :param BaseModel records:
    :param str action:
    :param list[str] names: names of fields
    :param dict extra: JSON values
    :raise ValueError: if a field does not exist
    """
    for name in names:
        if name not in records._fields:
            raise ValueError(f"Invalid field {name!r} in {records._name!r}")
    ids = [id_ for id_ in records._ids if id_]
    if not ids or not records._realtime_recording():
        return
    book = pending_of(records.env, records._name)
    if action == "update":
        book.mark_stale(ids, names)
    elif action == "create":
        book.created.update(dict.fromkeys(ids))
    elif action == "unlink":
        records.browse(ids)._realtime_note_deletion()
    else:
        _send(records.env, records._name, ids, action, names, extra)


def _send(env, model_name, ids, action, names, extra):
    content = {"action": action, "ids": ids, "fields": names, "extra": extra}
    content = {key: value for key, value in content.items() if value}

    @env.cr.precommit.add
    def send():
        with never_break("send a notification"), env.cr.savepoint(flush=False):
            channel = channel_tuple(env.cr.dbname, model_name)
            row = header(env, model_name) | content
            insert_row(env, channel, NOTIFICATION_TYPE, row)
