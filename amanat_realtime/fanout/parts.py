"""What recipients get of rows, written out once for all who get the same."""

import functools
import logging
from collections import defaultdict

from odoo.addons.bus.tools import orjson

from ..delivery.deliver import is_checked, is_for, is_told, payloads_for
from ..delivery.each import each
from ..monitoring.delivered import count_delivered, size_of
from .rights import languages, shape_of

_logger = logging.getLogger(__name__)


class Part:
    """One notification as it is sent."""

    __slots__ = ("counted", "text")

    def __init__(self, row_id, message):
        """
        :param int row_id:
        :param message:
        """
        self.text = b'{"id":%d,"message":%b}' % (row_id, orjson.dumps(message))
        # whatever the monitoring does not know
        self.counted = None

    @classmethod
    def checked(cls, row, payload):
        """
        :param Row row: of a checked type
        :param dict payload: what the recipient may know
        :rtype: Part
        """
        type_, model = row.message["type"], row.message["payload"].get("model")
        part = cls(row.id, {"type": type_, "payload": payload})
        if model:
            part.counted = type_, model, payload
        return part

    def count(self, dbname, times):
        if self.counted:
            type_, model, payload = self.counted
            size = size_of(payload) if payload else 0
            count_delivered(dbname, type_, model, size, times)


class Parts:
    """The notifications of one batch, for those who lack them."""

    def __init__(self, env, rights, readers):
        """
        :param Environment env: of the superuser
        :param Rights rights:
        :param dict[Row, set[int | None]] readers: of each row; ``None`` is nobody who
            has logged in
        """
        self._env = env
        self._rights = rights
        self._uids = set().union(*readers.values()) - {None}
        self._parts = {row: self._parts_of(row, uids) for row, uids in readers.items()}

    def of(self, uid, rows):
        """
        :param int | None uid: of the recipient
        :param Iterable[Row] rows:
        :return: ``{row id: Part}``
        :rtype: dict[int, Part]
        """
        own = {}
        for row in rows:
            for_all, by_reader = self._parts[row]
            own[row.id] = by_reader.get(uid, for_all)
        return own

    def _parts_of(self, row, uids):
        """
        :return: what everybody is told, but for those who are told something else
        :rtype: tuple[Part, dict[int, Part]]
        """
        if not is_checked(row.message):
            return Part(row.id, row.message), {}
        nothing, by_reader = Part.checked(row, {}), {}
        if is_told(self._env, row.message["payload"]):
            by_reader = self._checked_parts(row, self._classes_of(row, uids))
        return nothing, by_reader

    def _checked_parts(self, row, members):
        if not members:
            return {}
        envs = each(lambda equals: self._env_of(equals[0]), members)
        payloads = payloads_for(envs, row.id, row.message)
        parts, same = {}, {}
        for equals, payload in zip(members, payloads, strict=True):
            if payload:
                part = Part.checked(row, payload)
                # those who have rights of their own are told the same most often
                part = same.setdefault(part.text, part)
                parts.update(dict.fromkeys(equals, part))
        return parts

    def _classes_of(self, row, uids):
        """Return those who may listen, together with their equals.

        :rtype: list[list[int]]
        """
        content = row.message["payload"]
        shape = shape_of(content)
        members = defaultdict(list)
        for uid in uids:
            if is_for(content, uid) and uid in self._languages:
                try:
                    if self._rights.is_internal(uid, self._env_of):
                        members[self._class_of(uid, content, shape)].append(uid)
                except Exception:
                    _logger.exception("Could not tell what user %s may know", uid)
        return list(members.values())

    def _class_of(self, uid, content, shape):
        lang = self._languages[uid]
        return self._rights.class_of(uid, lang, content, shape, self._env_of)

    def _env_of(self, uid):
        context = {"lang": self._languages[uid]}
        return self._env(user=uid, context=context, su=False)

    @functools.cached_property
    def _languages(self):
        """Of those who may listen."""
        return languages(self._env.cr, self._uids)
