"""What one transaction did to the records of one model.

Plain Python: no ORM, no database, so that its rules can be tested by themselves.
"""

import json

MAX_DIFFS = 200
MAX_IDS = 5000


class Change:
    """The net change of one record.

    :ivar dict diff: ``{field: (first old value, last new value)}``
    :ivar set stale: names of fields whose value does not travel
    :ivar dict before: first values of the fields that access rules look at, as
        far as they changed: ``{field: value}``; never sent to a browser
    """

    __slots__ = ("before", "diff", "stale")

    def __init__(self, diff=None, stale=None, before=None):
        self.diff = dict(diff or {})
        self.stale = set(stale or ())
        self.before = dict(before or {})

    def set(self, field, old, new):
        """Note that ``field`` went from ``old`` to ``new``: the first old value and
        the last new one count, and a field that came back to where it was did not
        change.
        """
        first = self.diff[field][0] if field in self.diff else old
        if first == new:
            self.diff.pop(field, None)
        else:
            self.diff[field] = (first, new)

    def follow(self, later):
        """Add a later change of the same record."""
        for field, (old, new) in later.diff.items():
            self.set(field, old, new)
        self.stale |= later.stale
        self.before = {**later.before, **self.before}

    def __bool__(self):
        return bool(self.diff or self.stale or self.before)


class ChangeSet:
    """The net effect of a transaction on one model.

    Values are in JSON form (many2one: id or ``False``).

    :ivar dict created: ``{id: None}``, an ordered set
    :ivar dict updated: ``{id: Change}``
    :ivar dict deleted: ``{id: {field: value}}``, the values that access rules look
        at, as they were when the transaction began
    :ivar bool refresh: too much happened to tell it record by record
    """

    def __init__(self):
        self.created = {}
        self.updated = {}
        self.deleted = {}
        self.refresh = False

    def __bool__(self):
        return bool(self.refresh or self.created or self.updated or self.deleted)

    def note_created(self, id_):
        self.created[id_] = None

    def change(self, id_):
        """Return the change of a record, to be filled in.

        What happens to a record that the transaction itself created or deleted
        tells nobody anything: it goes to a change that is not kept.

        :rtype: Change
        """
        if id_ in self.created or id_ in self.deleted:
            return Change()
        return self.updated.setdefault(id_, Change())

    def note_deleted(self, id_, before):
        """Note a deletion.

        :param dict before: values that access rules look at, just before it
        """
        if id_ in self.created:
            del self.created[id_]
            return
        change = self.updated.pop(id_, None)
        self.deleted[id_] = {**before, **change.before} if change else dict(before)

    def follow(self, later):
        """Add what happened later in the same transaction.

        :param ChangeSet later: left as it is
        """
        self.refresh = self.refresh or later.refresh
        for id_ in later.created:
            self.note_created(id_)
        for id_, change in later.updated.items():
            self.change(id_).follow(change)
        for id_, before in later.deleted.items():
            self.note_deleted(id_, before)

    def only(self, ids):
        """Return the part that concerns some records.

        :param set ids:
        :rtype: ChangeSet
        """
        part = ChangeSet()
        part.refresh = self.refresh
        part.created = {id_: None for id_ in self.created if id_ in ids}
        part.updated = {i: c for i, c in self.updated.items() if i in ids}
        part.deleted = {i: before for i, before in self.deleted.items() if i in ids}
        return part

    def to_row(self, max_diffs=MAX_DIFFS, max_ids=MAX_IDS):
        """Return the JSON form kept on the bus; records that changed alike share one
        entry, and above a cap only ``{"refresh": True}`` is left.

        :rtype: dict
        """
        updates = _group(
            (id_, {"diff": c.diff, "stale": sorted(c.stale), "before": c.before})
            for id_, c in self.updated.items()
            if c
        )
        deletions = _group((id_, {"before": b}) for id_, b in self.deleted.items())
        count = len(self.created) + len(self.updated) + len(self.deleted)
        if self.refresh or count > max_ids or len(updates) > max_diffs:
            return {"refresh": True}
        row = {
            "update": updates,
            "create": list(self.created),
            "unlink": deletions,
        }
        return {key: value for key, value in row.items() if value}

    @classmethod
    def from_row(cls, row):
        """The inverse of :meth:`to_row`.

        :param dict row:
        :rtype: ChangeSet
        """
        self = cls()
        self.refresh = row.get("refresh", False)
        self.created = dict.fromkeys(row.get("create", ()))
        for group in row.get("update", ()):
            for id_ in group["ids"]:
                diff = {f: tuple(pair) for f, pair in group.get("diff", {}).items()}
                self.updated[id_] = Change(
                    diff, group.get("stale"), group.get("before")
                )
        for group in row.get("unlink", ()):
            for id_ in group["ids"]:
                self.deleted[id_] = dict(group.get("before", {}))
        return self


def _group(entries):
    """Join the entries ``(id, content)`` that have the same content."""
    groups = {}
    for id_, content in entries:
        key = json.dumps(content, sort_keys=True)
        if key not in groups:
            filled = {name: value for name, value in content.items() if value}
            groups[key] = {"ids": [], **filled}
        groups[key]["ids"].append(id_)
    return list(groups.values())
