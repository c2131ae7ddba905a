"""Which rooms a change is to be told in."""

from collections import defaultdict


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
    ids = [*changes.created, *changes.updated]
    for record in model.browse(ids).exists():
        for room in record._get_realtime_rooms():
            members[room].add(record.id)
    for record in _as_before(summary):
        for room in record._get_realtime_rooms():
            members[room].add(record.id)
    # records in their old shape must not stay in the cache
    model.env.invalidate_all(flush=False)
    return parts + [(room, changes.only(ids)) for room, ids in sorted(members.items())]


def _as_before(summary):
    """Yield the changed records as they were, one at a time."""
    for id_ in summary.changes.updated:
        record = summary.model.browse(id_)
        for name, value in summary.columns.get(id_, {}).items():
            field = record._fields[name]
            if not field.translate and not field.company_dependent:
                field._update_cache(record, value)
        if summary.columns.get(id_):
            yield record
