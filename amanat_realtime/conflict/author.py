"""Who changed a value, and when."""

import json

from odoo.tools import SQL

from ..channel import channel_tuple
from ..delivery.author import author_of
from ..delivery.message import message_for
from ..recording.guard import never_break
from ..wire import CHANGES, timestamp

# the bus has no index on its channel: how far back to look, and how much to read
_ROWS = 20_000
_MESSAGES = 500


class Authors:
    """Looks in what was told to open views, and else at the record itself."""

    def __init__(self, env):
        self.env = env
        self._messages = {}

    def of(self, conflict):
        """Return the author and the time of what a person is told about.

        :param Conflict conflict:
        :return: ``({"id", "name"} or None, time in ISO format or None)``
        :rtype: tuple[dict | None, str | None]
        """
        savepoint = self.env.cr.savepoint(flush=False)
        with never_break("find who changed a record"), savepoint:
            uid, at = (
                self._deletion(conflict)
                if conflict.field is None
                else (self._change(conflict.record, conflict.field))
            )
            return author_of(self.env, uid), at
        return None, None

    def _change(self, record, field):
        for message in self._naming(record, field):
            return message.get("by"), message.get("at")
        return self._last(record)

    def _deletion(self, conflict):
        for message in self._told(conflict.record._name):
            if self._tells_deletion(message, conflict.record.id):
                return message.get("by"), message.get("at")
        # open views of the parent may be all that was told; it names no line
        messages = list(self._naming(conflict.parent, conflict.parent_field))
        if len({message.get("by") for message in messages}) == 1:
            return messages[0].get("by"), messages[0].get("at")
        return None, None

    def _tells_deletion(self, message, id_):
        # any id can be named as a line; what cannot be read tells nothing of itself
        if id_ not in message.get("unlink", ()):
            return False
        return id_ in message_for(self.env, CHANGES, message).get("unlink", ())

    def _naming(self, record, field):
        """Yield what was told about a field of a record, the newest first."""
        for message in self._told(record._name):
            for group in message.get("update", ()):
                names = {*group.get("diff", ()), *group.get("stale", ())}
                if record.id in group["ids"] and field.name in names:
                    yield message

    def _last(self, record):
        """Return the last author of a record, past the cache."""
        if not record._log_access:
            return None, None
        rows = self.env.execute_query(
            SQL(
                "SELECT write_uid, write_date FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        if not rows or not rows[0][1]:
            return None, None
        [[uid, moment]] = rows
        return uid, timestamp(moment)

    def _told(self, model_name):
        """Return what was sent about a model as a whole, the newest first."""
        if model_name not in self._messages:
            channel = channel_tuple(self.env.cr.dbname, model_name)
            rows = self.env.execute_query(
                SQL(
                    """ SELECT message
                          FROM bus_bus
                         WHERE id > (SELECT max(id) FROM bus_bus) - %s
                           AND channel = %s
                      ORDER BY id DESC
                         LIMIT %s """,
                    _ROWS,
                    json.dumps(channel, separators=(",", ":")),
                    _MESSAGES,
                )
            )
            messages = [json.loads(message) for [message] in rows]
            self._messages[model_name] = [
                message["payload"]
                for message in messages
                if message.get("type") == CHANGES
            ]
        return self._messages[model_name]
