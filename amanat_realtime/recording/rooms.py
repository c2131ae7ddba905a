"""Which rooms a change is to be told in."""

import logging
from collections import defaultdict

from ..channel import EVERY_ROOM

_logger = logging.getLogger(__name__)


def rooms_of(record):
    """Return the rooms of a record, as names; ``*`` is all of them, and not one.

    :rtype: set[str]
    """
    rooms = {str(room) for room in record._get_realtime_rooms() if room}
    if EVERY_ROOM in rooms:
        _logger.error("%r is no name for a room: %s", EVERY_ROOM, record)
        rooms.remove(EVERY_ROOM)
    return rooms


def split_by_room(summary):
    """Split a change set by room. A record that moves from one room to another is told
    in both.

    :param Summary summary:
    :return: pairs of a room and its part; the first is the whole model: room ``None``
    :rtype: list[tuple[str | None, ChangeSet]]
    """
    changes = summary.changes
    parts = [(None, changes)]
    model = summary.model
    if not model._has_realtime_rooms():
        return parts
    members = defaultdict(set)
    for id_, rooms in summary.rooms.items():
        for room in rooms:
            members[room].add(id_)
    for records in (_as_now(summary), _as_before(summary)):
        # what is computed from the one state must not be taken for the other
        model.env.invalidate_all(flush=False)
        for record in records:
            for room in rooms_of(record):
                members[room].add(record.id)
    model.env.invalidate_all(flush=False)
    return parts + [(room, changes.only(ids)) for room, ids in sorted(members.items())]


def _as_now(summary):
    changes = summary.changes
    return summary.model.browse([*changes.created, *changes.updated]).exists()


def _as_before(summary):
    """Yield the changed records as they were."""
    for id_ in summary.changes.updated:
        record = summary.model.browse(id_)
        for name, (old, _new) in summary.columns.get(id_, {}).items():
            field = record._fields[name]
            if not field.translate and not field.company_dependent:
                field._update_cache(record, old)
        if id_ in summary.columns:
            yield record
