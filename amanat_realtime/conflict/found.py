"""One thing that others changed, and how it is found."""

from odoo.exceptions import UserError

from .kinds import kind_of


class Conflict:
    """One value that both changed.

    :ivar BaseModel root: the saved record
    :ivar tuple path: from there to a line, pairs of field name and id
    :ivar BaseModel record: the line, or the saved record; need not exist
    :ivar Field field: ``None`` if the line is gone
    :ivar base: as it was sent
    :ivar mine: in the format of ``write``
    :ivar bool removed: whether the line was to be deleted
    """

    __slots__ = ("base", "field", "mine", "path", "record", "removed", "root")

    def __init__(self, root, path, record, field, base, mine, removed=False):
        self.root = root
        self.path = path
        self.record = record
        self.field = field
        self.base = base
        self.mine = mine
        self.removed = removed

    @property
    def parent(self):
        """The record that has the line."""
        record = self.root
        for name, line_id in self.path[:-1]:
            record = record.env[record._fields[name].comodel_name].browse(line_id)
        return record

    @property
    def parent_field(self):
        """The one2many or many2many that has the line."""
        return self.parent._fields[self.path[-1][0]]


def is_unchanged(record, field, base):
    """Whether a field still holds what the person started from.

    :param base: as it was sent
    :rtype: bool
    """
    kind = kind_of(field)
    return kind.same(field, record, kind.stored(field, record), kind.base(field, base))


def is_mine(record, field, base, value):
    """Whether a field holds what the person is about to write.

    :param base: as it was sent
    :param value: in the format of ``write``
    :rtype: bool
    """
    kind = kind_of(field)
    try:
        mine = kind.mine(field, record, value, kind.base(field, base))
        return kind.same(field, record, kind.stored(field, record), mine)
    except (TypeError, ValueError, OverflowError, UserError):
        # it cannot be written, let alone have been written
        return False
