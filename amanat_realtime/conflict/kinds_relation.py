"""Comparing references to other records."""

import re
from collections.abc import Mapping

from odoo import Command

from .kind import Kind
from .references import links_after, parse_reference, parts_of

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
    """The id of a record that is gone stays in the column, but is shown as nothing."""

    def base(self, field, raw):
        return to_id(raw)

    def same(self, field, record, stored, other):
        if stored and not other:
            return _is_gone(record.env, record[field.model_field], stored)
        return stored == other


class ReferenceKind(Kind):
    """What names a record that is gone stays in the column, but is shown as nothing."""

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

    def same(self, field, record, stored, other):
        if stored and not other:
            return _is_gone(record.env, *parse_reference(stored))
        return stored == other


def _is_gone(env, model_name, id_):
    return model_name not in env or not env[model_name].browse(id_).exists()


class Many2manyKind(Kind):
    """Compared as sets. Archived records count neither way: whether a browser was given
    them depends on its view. So a ``SET`` that leaves out an archived record which
    somebody linked meanwhile unlinks it again, untold.
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
        """
        :return: ``None`` if it changes linked records at most, not which they are
        """
        commands = commands_of(value)
        if {parts_of(command)[0] for command in commands} <= {Command.UPDATE}:
            return None
        # one that is yet to be created is in no other set
        return frozenset(links_after(base, commands))

    def same(self, field, record, stored, other):
        active, every = stored
        return other is None or active <= other <= every


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
