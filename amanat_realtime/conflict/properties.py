"""Comparing properties one by one: the whole list is saved whenever one of them was
changed, so what others did to the rest has to be put into it.
"""

import json
from collections.abc import Mapping

from .kind import Kind, json_form
from .kinds_relation import to_id
from .kinds_text import normalized

_GONE = object()
_NOT_DEFINITION = ("value", "definition_changed", "definition_deleted")


class PropertiesKind(Kind):
    """In the form ``{name: value}``."""

    def base(self, field, raw):
        return {name: _plain(entry) for name, entry in _entries(raw).items()}

    def stored(self, field, record):
        return self.base(field, read_properties(field, record))

    def mine(self, field, record, value, base):
        return self.base(field, _to_list(field, record, value))


def read_properties(field, record, names=False):
    """Return the properties of a record: definitions, each with its value.

    :param bool names: whether values that refer to records hold their names
    :rtype: list[dict]
    """
    [found] = field.convert_to_read_multi([record[field.name]], record, names)
    return found or []


def merge_properties(field, record, value, raw_base):
    """Put into what is about to be written whatever others did to properties that the
    person did not touch. Definitions are merged too, since writing a changed one writes
    all of them; two changes of one definition are not told apart, the last one stays.

    :param value: in the format of ``write``
    :param raw_base: in ``web_read`` format
    :return: what to write; ``None`` if both changed the same property
    :raise TypeError, ValueError: if it cannot be written
    """
    base, stored = _entries(raw_base), _entries(read_properties(field, record))
    written = _to_list(field, record, value)
    merged = []
    for entry in written:
        kept = entry
        if entry.get("name"):
            name = entry["name"]
            kept = _merge_one(entry, base.get(name, _GONE), stored.get(name, _GONE))
        if kept is None:
            return None
        if kept is not _GONE:
            merged.append(kept)
    for name in stored.keys() - {entry.get("name") for entry in written}:
        if name not in base:
            merged.append(stored[name])
        elif _plain(base[name]) != _plain(stored[name]):
            return None
    if merged == written:
        return value
    if isinstance(value, Mapping):
        return {entry["name"]: entry.get("value") for entry in merged}
    return merged


def _merge_one(mine, base, stored):
    """Return what to write for a property, ``_GONE`` to leave it out, ``None`` if both
    changed it.
    """
    if base is _GONE and stored is _GONE:
        return mine
    if mine.get("definition_deleted"):
        changed = stored is not _GONE and _differ(base, stored)
        return None if changed else mine
    if not _differ(base, stored) or not _differ(mine, stored):
        kept = mine
    elif _differ(mine, base):
        return None
    elif stored is _GONE:
        return _GONE
    else:
        kept = {**mine, "value": stored.get("value")}
    if _GONE in (base, stored) or _definition(mine) != _definition(base):
        return kept
    if _definition(stored) == _definition(base):
        return kept
    return {**kept, **_definition(stored)}


def _differ(one, other):
    if one is _GONE or other is _GONE:
        return one is not other
    return _plain(one) != _plain(other)


def _definition(entry):
    rest = {k: v for k, v in entry.items() if k not in _NOT_DEFINITION}
    if entry.get("type") in ("many2one", "many2many"):
        # names of records are told in one format and not in the other
        rest.pop("default", None)
    return json_form(rest)


def _to_list(field, record, value):
    if isinstance(value, str):
        value = json.loads(value)
    if isinstance(value, Mapping):
        types = {e["name"]: e["type"] for e in read_properties(field, record)}
        return [
            {"name": name, "type": types.get(name), "value": item}
            for name, item in value.items()
        ]
    if value and not isinstance(value, list):
        raise TypeError("not a list of properties")
    if not all(isinstance(entry, Mapping) for entry in value or ()):
        raise TypeError("not a list of properties")
    return value or []


def _entries(raw):
    """Return ``{name: definition with its value}``."""
    if not raw and (raw is None or raw is False):
        return {}
    if not isinstance(raw, (list, tuple)):
        raise TypeError("not a list of properties")
    for entry in raw:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            raise TypeError("not a property")
    return {entry["name"]: dict(entry) for entry in raw}


def _plain(entry):
    """Return the value of a property in a form that can be compared."""
    value = entry.get("value")
    if not value:
        return False
    if entry.get("type") == "many2one":
        return to_id(value)
    if entry.get("type") == "many2many":
        if not isinstance(value, (list, tuple)):
            raise TypeError("not a list of records")
        return frozenset(map(to_id, value)) or False
    if entry.get("type") == "tags":
        return frozenset(value)
    if entry.get("type") == "html":
        return normalized(str(value)) or False
    return value
