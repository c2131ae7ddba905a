"""A row of the audit, before it is one."""

from dataclasses import dataclass

NUMBERS = frozenset(("integer", "float", "monetary"))


@dataclass(slots=True)
class Row:
    """One created or deleted record, or one changed field of an updated one.

    :ivar str action: ``create``, ``update`` or ``delete``
    :ivar int res_id: id of the record
    :ivar str record_name: what it is called
    :ivar str field: what changed
    :ivar str ttype: type of that field
    :ivar int company_id: the company whose value it is, of company-dependent fields
    :ivar old: JSON value; of relations to many, the links that were removed
    :ivar new: JSON value; of relations to many, the links that were added
    :ivar str old_text: the same as text
    :ivar str new_text: the same as text
    :ivar bool secret: whether no value may be kept
    :ivar str rights: what access rules looked at in a deleted record, as JSON
    """

    action: str
    res_id: int
    record_name: str | None = None
    field: str | None = None
    ttype: str | None = None
    company_id: int | None = None
    old: object = None
    new: object = None
    old_text: str | None = None
    new_text: str | None = None
    secret: bool = False
    rights: str | None = None

    @property
    def key(self):
        return self.res_id, self.field, self.company_id

    @property
    def difference(self):
        """By how much a number changed."""
        if self.ttype not in NUMBERS:
            return None
        return (self.new or 0) - (self.old or 0)

    def set_links(self, removed, added):
        """Take over what happened to a relation to many.

        :param list[dict] removed: ``{"id", "name"}``
        :param list[dict] added: the same
        """
        self.old, self.old_text = removed or None, links_text(removed)
        self.new, self.new_text = added or None, links_text(added)


def links_text(links):
    """Return references as a text.

    :param Iterable[dict] links: ``{"id", "name"}``
    :rtype: str | None
    """
    return ", ".join(link["name"] or f"#{link['id']}" for link in links) or None
