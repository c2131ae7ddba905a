"""What a browser says about where its person is, checked before anything looks at it.

A *place* is ``{"model", "room"?, "id"?, "field"?, "state", "typing"?}``; without an id
it is the list of the model. Plain Python, tested without Odoo.
"""

import re
from collections import defaultdict

MAX_PLACES = 20
MAX_ID = 2**31 - 1
MAX_NAME = 128

_TAB = re.compile(r"[0-9a-f]{24}")
# the later ones say more, and win where a tab is twice in one place
STATES = ("idle", "viewing", "editing")
_KEYS = frozenset({"model", "room", "id", "field", "state", "typing"})


def parse_tab(tab):
    """Return the id of a tab.

    :rtype: str
    :raise ValueError: if it is none
    """
    if not isinstance(tab, str) or not _TAB.fullmatch(tab):
        raise ValueError("the tab is not 24 hexadecimal characters")
    return tab


def parse_places(places):
    """Return the places of a tab, one for each record or list.

    :param places: as it came
    :rtype: list[dict]
    :raise ValueError: with what is wrong, in English
    """
    if not isinstance(places, list):
        raise ValueError("the places are not a list")
    if len(places) > MAX_PLACES:
        raise ValueError(f"more than {MAX_PLACES} places")
    found = {}
    for place in map(_parse_place, places):
        key = key_of(place)
        if key not in found or _weight(found[key]) < _weight(place):
            found[key] = place
    return [found[key] for key in sorted(found)]


def scope_of(place):
    """Return whom a place concerns: the model and the room, ``""`` for no room.

    :rtype: tuple[str, str]
    """
    return place["model"], place.get("room", "")


def by_scope(places):
    """Return places, divided by their scope.

    :rtype: defaultdict[tuple[str, str], list[dict]]
    """
    scopes = defaultdict(list)
    for place in places:
        scopes[scope_of(place)].append(place)
    return scopes


def key_of(place):
    """Return what a tab has only one place of; ``0`` stands for the list.

    :rtype: tuple[str, str, int]
    """
    return (*scope_of(place), place.get("id", 0))


def parse_name(value, what):
    """Return the name of a model, room or field.

    :param value: as it came
    :param str what: for the error
    :rtype: str
    :raise ValueError:
    """
    # what is not printable may not be storable either
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ValueError(f"the {what} is not a name")
    if len(value) > MAX_NAME:
        raise ValueError(f"the {what} is longer than {MAX_NAME} characters")
    return value


def parse_id(value):
    """Return the id of a record.

    :rtype: int
    :raise ValueError:
    """
    return parse_number(value, "id")


def parse_number(value, what="number of the report"):
    """Return a number that PostgreSQL can store.

    :param value: as it came
    :param str what: for the error
    :rtype: int
    :raise ValueError:
    """
    # True is an int
    if type(value) is not int or not 0 < value <= MAX_ID:
        raise ValueError(f"the {what} is not a positive number")
    return value


def _parse_place(place):
    if not isinstance(place, dict):
        raise ValueError("a place is not an object")
    if unknown := place.keys() - _KEYS:
        raise ValueError(f"a place has unknown keys, such as {min(unknown)[:40]!r}")
    state = place.get("state")
    if state not in STATES:
        raise ValueError("the state is none of " + ", ".join(STATES))
    parsed = {"model": parse_name(place.get("model"), "model"), "state": state}
    if place.get("room") is not None:
        parsed["room"] = parse_name(place["room"], "room")
    if place.get("id") is not None:
        parsed["id"] = parse_id(place["id"])
    if place.get("field") is not None:
        if state != "editing":
            raise ValueError("a field without the state editing")
        parsed["field"] = parse_name(place["field"], "field")
    typing = place.get("typing", False)
    if not isinstance(typing, bool):
        raise ValueError("typing is neither true nor false")
    if typing:
        if "field" not in parsed:
            raise ValueError("typing without a field")
        parsed["typing"] = True
    return parsed


def _weight(place):
    return STATES.index(place["state"]), "field" in place, "typing" in place
