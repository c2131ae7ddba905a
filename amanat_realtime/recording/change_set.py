"""What one transaction did to the records of one model.

Plain Python: no ORM, no database, so that its rules can be tested by themselves.
"""

from .alike import alike

MAX_DIFFS = 200
MAX_IDS = 5000


class Change:
    """The net change of one record.

    :ivar dict diff: ``{field: (first old value, last new value)}``
    :ivar set stale: names of fields whose value does not travel
    """

    __slots__ = ("diff", "stale")

    def __init__(self, diff=None, stale=None):
        self.diff = dict(diff or {})
        self.stale = set(stale or ())

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

    def followed_by(self, later):
        """Return this and a later change of the same record.

        :rtype: Change
        """
        whole = Change(self.diff, self.stale | later.stale)
        for field, (old, new) in later.diff.items():
            whole.set(field, old, new)
        return whole

    def __bool__(self):
        return bool(self.diff or self.stale)


class ChangeSet:
    """The net effect of a transaction on one model.

    Values are in JSON form (many2one: id or ``False``). What access rules look at is
    kept beside the changes and never sent to a browser. Records that changed alike
    share one object in each of the dicts, so that none of these is changed in place.

    :ivar dict created: ``{id: None}``, an ordered set
    :ivar dict updated: ``{id: Change}``
    :ivar dict deleted: ``{id: None}``, an ordered set
    :ivar dict before: ``{id: {field: value}}``, all that rules look at in a record, as
        it was when the transaction began; of updated and deleted records
    :ivar dict after: the same at its end; of updated records
    :ivar dict others: ``{model: {id: {field: value}}}``, what rules look at in records
        that deleted ones refer to
    :ivar bool refresh: too much happened to tell it record by record
    """

    def __init__(self):
        self.created = {}
        self.updated = {}
        self.deleted = {}
        self.before = {}
        self.after = {}
        self.others = {}
        self.refresh = False

    def note_created(self, id_):
        self.created[id_] = None

    def note_updated(self, changes):
        """Note what records went through.

        What happens to records that the transaction itself created or deleted tells
        nobody anything: it is not kept.

        :param dict changes: ``{id: Change}``
        """
        again = self.updated.keys() & changes.keys()
        for ids, known, change in alike(again, self.updated, changes):
            self.updated.update(dict.fromkeys(ids, known.followed_by(change)))
        passed = self.created.keys() | self.deleted.keys() | again
        self.updated |= {i: c for i, c in changes.items() if i not in passed}

    def note_rights(self, before, after):
        """Note what access rules look at in records that were there before.

        :param dict before: ``{id: {field: value}}``; the first value of a field counts
        :param dict after: the same; the last value counts
        """
        again = self.before.keys() & before.keys()
        for ids, *values in alike(again, before, self.before, self.after, after):
            earlier, first, last, later = (each or {} for each in values)
            self.before.update(dict.fromkeys(ids, earlier | first))
            self.after.update(dict.fromkeys(ids, last | later))
        passed = self.created.keys() | again
        self.before |= {i: v for i, v in before.items() if i not in passed}
        self.after |= {i: v for i, v in after.items() if i not in passed}

    def note_deleted(self, id_, before):
        """Note a deletion.

        :param dict before: what access rules look at, just before it
        """
        if id_ in self.created:
            self.forget(id_)
            return
        self.updated.pop(id_, None)
        self.note_rights({id_: before}, {})
        self.after.pop(id_, None)
        self.deleted[id_] = None

    def forget(self, id_):
        """Drop all that was noted about a record."""
        for part in (self.created, self.updated, self.deleted, self.before, self.after):
            part.pop(id_, None)

    def follow(self, later):
        """Add what happened later in the same transaction.

        :param ChangeSet later: left as it is
        """
        self.refresh = self.refresh or later.refresh
        for id_ in later.created:
            self.note_created(id_)
        self.note_updated(later.updated)
        self.note_rights(later.before, later.after)
        for id_ in later.deleted:
            self.note_deleted(id_, {})
        for model, records in later.others.items():
            self.others[model] = {**records, **self.others.get(model, {})}

    def only(self, ids):
        """Return the part that concerns some records.

        :param set ids:
        :rtype: ChangeSet
        """
        part = ChangeSet()
        part.refresh = self.refresh
        part.others = self.others
        for name in ("created", "updated", "deleted", "before", "after"):
            whole = getattr(self, name)
            found = sorted(ids & whole.keys())
            setattr(part, name, {id_: whole[id_] for id_ in found})
        return part

    def to_row(self, max_diffs=MAX_DIFFS, max_ids=MAX_IDS):
        """Return the JSON form kept on the bus; records that changed alike share one
        entry, and above a cap only ``{"refresh": True}`` is left.

        :return: ``{"update": [{"ids", "diff", "stale"}], "create": [id],
            "unlink": [id], "rights": [{"ids", "before", "after"}], "others"}``,
            without what is empty
        :rtype: dict
        """
        parts = self.updated, self.before, self.after
        updated = [
            (ids, change, before, after if after != before else {})
            for ids, change, before, after in alike(self.updated, *parts)
            if change or after != before
        ]
        updates = _joined(
            (ids, change.diff, change.stale) for ids, change, *_rights in updated
        )
        count = len(self.created) + len(self.deleted)
        count += sum(len(ids) for ids, *_change in updates)
        if self.refresh or count > max_ids or len(updates) > max_diffs:
            return {"refresh": True}
        rights = [(ids, before, after) for ids, _change, before, after in updated]
        rights += alike(self.deleted, self.before, self.after)
        row = {
            "update": [
                _without_empty(
                    {"ids": sorted(ids), "diff": diff, "stale": sorted(stale)}
                )
                for ids, diff, stale in updates
            ],
            "create": list(self.created),
            "unlink": sorted(self.deleted),
            "rights": [
                _without_empty({"ids": sorted(ids), "before": before, "after": after})
                for ids, before, after in _joined(rights)
                if before
            ],
            "others": self.others if self.deleted else {},
        }
        return _without_empty(row)

    @classmethod
    def from_row(cls, row):
        """The inverse of :meth:`to_row`.

        :param dict row: as it came from JSON
        :rtype: ChangeSet
        """
        self = cls()
        self.refresh = row.get("refresh", False)
        self.created = dict.fromkeys(row.get("create", ()))
        self.deleted = dict.fromkeys(row.get("unlink", ()))
        for group in row.get("update", ()):
            diff = {f: tuple(pair) for f, pair in group.get("diff", {}).items()}
            change = Change(diff, group.get("stale"))
            self.updated.update(dict.fromkeys(group["ids"], change))
        for group in row.get("rights", ()):
            before, after = group["before"], group.get("after") or group["before"]
            for id_ in group["ids"]:
                self.before[id_] = before
                if id_ not in self.deleted:
                    self.after[id_] = after
        for model, records in row.get("others", {}).items():
            self.others[model] = {int(id_): v for id_, v in records.items()}
        return self


def _joined(groups):
    """Join groups of records that hold the same.

    :param Iterable[tuple] groups: ``([id], {field: value}, {field: value} or {field})``
    :return: of the same form
    :rtype: list[tuple]
    """
    joined = {}
    for ids, *contents in groups:
        key = tuple(map(_key, contents))
        if key not in joined:
            joined[key] = [], *contents
        joined[key][0].extend(ids)
    return list(joined.values())


def _key(content):
    """What equal contents have in common. Values of one field are of one type, so that
    nothing is taken for equal which is not; JSON would take ten times as long.
    """
    if not content:
        return None
    key = tuple(content.items()) if isinstance(content, dict) else frozenset(content)
    try:
        hash(key)
    except TypeError:
        # lists of ids
        return repr(key)
    return key


def _without_empty(content):
    return {name: value for name, value in content.items() if value}
