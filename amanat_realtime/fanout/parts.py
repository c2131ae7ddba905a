"""What recipients get of rows, written out once for all who get the same."""

from odoo.addons.bus.tools import orjson

from ..delivery.deliver import is_checked, payload_for
from ..monitoring.delivered import count_delivered
from .rights import languages, shape_of


class Part:
    """One notification as it is sent."""

    __slots__ = ("counted", "text")

    def __init__(self, row_id, message, counted=None):
        """
        :param int row_id:
        :param message:
        :param tuple counted: type, model and length, if the monitoring counts it
        """
        self.text = b'{"id":%d,"message":%b}' % (row_id, orjson.dumps(message))
        self.counted = counted

    def count(self, dbname, times):
        if self.counted:
            count_delivered(dbname, *self.counted, times)


class Parts:
    """The notifications of one batch."""

    def __init__(self, env, rights, rows, uids):
        """
        :param Environment env: of the superuser
        :param Rights rights:
        :param list[Row] rows:
        :param set[int | None] uids: of the recipients; ``None`` is not logged in
        """
        self._env = env
        self._rights = rights
        self._rows = {row.id: row for row in rows}
        self._plain = {
            row.id: Part(row.id, row.message)
            for row in rows
            if not is_checked(row.message)
        }
        self._by_class = {}
        self._by_user = {}
        self._shapes = {}
        self._languages = {}
        if len(self._plain) < len(rows):
            self._languages = languages(env.cr, uids - {None})

    def of(self, uid, row_ids):
        """
        :param int | None uid: of the recipient
        :param Iterable[int] row_ids:
        :rtype: dict[int, Part]
        """
        known = self._by_user.setdefault(uid, dict(self._plain))
        for row_id in row_ids:
            if row_id not in known:
                known[row_id] = self._checked(uid, self._rows[row_id])
        return {row_id: known[row_id] for row_id in row_ids}

    def _checked(self, uid, row):
        if uid not in self._languages:
            return self._part(row, {}, 0)
        env = self._env(user=uid, context={"lang": self._languages[uid]}, su=False)
        if not self._rights.is_internal(env):
            return self._part(row, {}, 0)
        content = row.message["payload"]
        shape = self._shapes.get(row.id)
        if shape is None:
            shape = self._shapes[row.id] = shape_of(content)

        def class_of():
            return self._rights.class_of(env, content, shape)

        return self._part(row, *payload_for(env, row.id, row.message, class_of))

    def _part(self, row, payload, size):
        # of one access class, the very same payload comes back
        key = row.id, id(payload) if payload else None
        if key not in self._by_class:
            type_, model = row.message["type"], row.message["payload"].get("model")
            counted = (type_, model, size) if model in self._env else None
            message = {"type": type_, "payload": payload}
            # keeps the payload, so that its id stays its own
            self._by_class[key] = Part(row.id, message, counted), payload
        return self._by_class[key][0]
