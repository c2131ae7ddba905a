"""Conflicts as the browser gets them, and as an error that a person can read."""

from ..exceptions import RealtimeConflictError
from .author import Authors
from .text import message_of
from .values import base_value, stored_value, written_value, written_values


def conflict_error(records, conflicts):
    """Make the error that tells of conflicts.

    :param BaseModel records: those that were to be saved
    :param list[Conflict] conflicts:
    :rtype: RealtimeConflictError
    """
    authors = Authors(records.env)
    described = [describe(conflict, authors) for conflict in conflicts]
    message = message_of(conflicts, described)
    return RealtimeConflictError(message, records._name, described)


def describe(conflict, authors):
    """Return one conflict in the format of :class:`RealtimeConflictError`.

    :param Conflict conflict:
    :param Authors authors:
    :rtype: dict
    """
    record, field = conflict.record, conflict.field
    author, moment = authors.of(conflict)
    described = {
        "id": conflict.root.id,
        "path": [list(step) for step in conflict.path],
        "by": author,
        "at": moment,
    }
    if field is None:
        base = {
            name: base_value(record, record._fields[name], raw)
            for name, raw in conflict.base.items()
            if record._fields[name].type != "one2many"
        }
        return {
            **described,
            "field": None,
            "label": conflict.parent_field._description_string(record.env),
            "type": conflict.parent_field.type,
            "base": base,
            "mine": written_values(record, conflict.mine),
            "theirs": None,
            "deleted": True,
        }
    described |= {
        "field": field.name,
        "label": field._description_string(record.env),
        "type": field.type,
        "base": base_value(record, field, conflict.base),
        "mine": None,
        "theirs": stored_value(record, field),
    }
    if conflict.removed:
        described["removed"] = True
    else:
        described["mine"] = written_value(record, field, conflict.mine, conflict.base)
    return described
