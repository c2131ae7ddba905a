"""Comparing references to other records."""

import re
from collections.abc import Mapping

from odoo import Command

from .kind import Kind

_REFERENCE = re.compile(r"([a-z0-9_.]+),([1-9]\d{0,18})\Z", re.ASCII)


def to_id(raw):
    """Return the id in a value that names one record, in any of the formats in use.

    :param raw: id, ``{"id", ...}``, ``[id, name]``, or nothing
    :rtype: int | bool
    :raise TypeError: if it is none of these
    """
    if isinstance(raw, Mapping):
        raw = raw.get("id")
    elif isinstance(raw, (list, tuple)) and len(raw) == 2:
        raw = raw[0]
    if not raw and (raw is None or raw is False or raw == 0):
        return False
    if type(raw) is not int:
        raise TypeError("not an id")
    return raw


class Many2oneKind(Kind):
    def base(self, field, raw):
        return to_id(raw)

    def stored(self, field, record):
        return record[field.name].id


class Many2oneReferenceKind(Kind):
    def base(self, field, raw):
        return to_id(raw)


class ReferenceKind(Kind):
    def base(self, field, raw):
        if not raw and (raw is None or raw is False or raw == ""):
            return False
        if isinstance(raw, Mapping):
            inner = raw.get("id")
            if not isinstance(inner, Mapping):
                raise TypeError("not a reference")
            raw = "{},{}".format(inner.get("model"), inner.get("id"))
        if not isinstance(raw, str) or not _REFERENCE.match(raw):
            raise TypeError("not a reference")
        return raw

    def stored(self, field, record):
        linked = record[field.name]
        return f"{linked._name},{linked.id}" if linked else False


class Many2manyKind(Kind):
    """Compared as sets. Archived records count neither way: whether a browser was given
    them depends on its view.
    """

    def base(self, field, raw):
        if not raw and (raw is None or raw is False):
            return frozenset()
        if not isinstance(raw, (list, tuple)):
            raise TypeError("not a list of records")
        if any(isinstance(item, (list, tuple)) for item in raw):
            raise TypeError("not a list of records")
        return frozenset(filter(None, map(to_id, raw)))

    def stored(self, field, record):
        """
        :return: ``(ids shown to everybody, all ids)``
        """
        every = record.with_context(active_test=False)[field.name]
        active = every
        if every._active_name:
            # what a person may not read of them decides nothing
            active = every.sudo().filtered(every._active_name)
        return frozenset(active._ids), frozenset(every._ids)

    def mine(self, field, record, value, base):
        return apply_commands(value, base)

    def same(self, field, record, stored, other):
        active, every = stored
        return active <= other <= every


def apply_commands(value, base):
    """Return the set that commands make of another one. A record that is yet to be
    created stands for itself: it is in no other set.

    :param value: what is written to a many2many
    :param frozenset base: ids
    :rtype: frozenset
    """
    linked = set(base)
    for command in commands_of(value):
        if not isinstance(command, (list, tuple)) or not command:
            continue
        code, target, content = (*command, None, None)[:3]
        if code == Command.CREATE:
            linked.add(object())
        elif code in (Command.DELETE, Command.UNLINK):
            linked.discard(target)
        elif code == Command.LINK:
            linked.add(target)
        elif code == Command.CLEAR:
            linked.clear()
        elif code == Command.SET:
            linked = set(content or ())
    return frozenset(linked)


def commands_of(value):
    """Return what is written to a one2many or many2many as commands.

    :rtype: list
    """
    if value is None or value is False:
        return [Command.clear()]
    if isinstance(value, tuple) or (
        isinstance(value, list) and value and not isinstance(value[0], (list, tuple))
    ):
        return [Command.set(value)]
    if not isinstance(value, list):
        raise TypeError("not a list of commands")
    return value
