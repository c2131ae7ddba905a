"""From the net effect of a transaction to what the watchers of a model are told."""

from collections import defaultdict

from ..activation.classes import live_models
from ..activation.switches import is_enabled
from .alike import alike
from .change_set import Change, ChangeSet
from .columns import is_plain, read_relation, to_json, travels
from .spread import dependents


class Summary:
    """The net effect of a transaction on one model.

    :ivar BaseModel model: empty, superuser
    :ivar ChangeSet changes:
    :ivar dict columns: ``{id: {column: (before, after)}}`` of the changed columns
    :ivar dict rooms: ``{id: {room}}`` of the deleted records
    """

    def __init__(self, model, columns, rooms):
        self.model = model
        self.columns = columns
        self.rooms = rooms
        self.changes = ChangeSet()


def summarize(env, books, nets):
    """Find what is to be told, and what decides who may know of it.

    :param Environment env: flushed
    :param dict books: ``{model name: Pending}``
    :param dict nets: ``{model name: Net}`` of the same models
    :return: only of models that somebody watches
    :rtype: list[Summary]
    """
    # some may have been switched off meanwhile
    live = live_models(env.registry)
    books = {name: book for name, book in books.items() if name in live}
    lease = env["amanat.realtime.lease"]
    scope = set().union(*(env[name]._realtime_scope() for name in books))
    if not is_enabled(env) or not lease._watched(scope):
        return []
    changed = {name: nets[name].changed for name in books}
    stale = defaultdict(lambda: defaultdict(set))
    for name, book in books.items():
        touched = {id_: frozenset(pairs) for id_, pairs in changed[name].items()}
        for id_, names in book.stale.items():
            stale[name][id_] |= names
            touched[id_] = touched.get(id_, frozenset()) | names
        for found, ids, names in dependents(env[name], touched, book, nets[name]):
            for id_ in ids:
                stale[found][id_] |= names
    watched = lease._watched({*books, *stale})
    summaries = []
    for name in {**books, **stale}:
        if name in watched:
            book = books.get(name)
            summary = Summary(
                env[name].sudo(), changed.get(name, {}), book.rooms if book else {}
            )
            for id_ in book.created if book else ():
                summary.changes.note_created(id_)
            _note_changes(summary, stale[name])
            if book:
                _note_rights(summary, book, nets[name].after)
                for id_, before in book.deleted.items():
                    summary.changes.note_deleted(id_, before)
                summary.changes.others = book.others
            summaries.append(summary)
    return summaries


def _note_changes(summary, stale):
    model, changes = summary.model, summary.changes
    live = model.env["amanat.realtime.model"]._fields_told(model)
    plain = {name for name in live if is_plain(model._fields[name])}
    found = {}
    for ids, pairs in alike(summary.columns, summary.columns):
        change = Change()
        for name, (old, new) in pairs.items():
            if name not in live:
                continue
            if name in plain and travels(old) and travels(new):
                field = model._fields[name]
                change.set(name, to_json(field, old), to_json(field, new))
            else:
                change.stale.add(name)
        for id_ in ids:
            found[id_] = change
    changes.note_updated(found)
    by_names = defaultdict(list)
    for id_, names in stale.items():
        by_names[frozenset(names)].append(id_)
    for names, ids in by_names.items():
        # fields that are not stored follow from those that are
        told = {n for n in names if n in live or not model._fields[n].store}
        if told:
            changes.note_updated(dict.fromkeys(ids, Change(stale=told)))


def _note_rights(summary, book, after):
    """Note what access rules looked at, before and after."""
    model, changes = summary.model, summary.changes
    ruled = model._realtime_rule_fields()
    relations_now = {
        name: read_relation(model, book.relations, name)
        for name in sorted({n for links in book.relations.values() for n in links})
    }
    fields = {name: model._fields[name] for name in sorted(ruled)}
    concerned = changes.updated.keys() | book.deleted.keys()
    first, last = {}, {}
    for ids, columns, later in alike(concerned, book.columns, after):
        columns, later = columns or {}, later or {}
        before, now = {}, {}
        for name, field in fields.items():
            if name in columns:
                before[name] = to_json(field, columns[name])
                now[name] = to_json(field, later.get(name))
        if before:
            for id_ in ids:
                first[id_], last[id_] = before, now
    changes.note_rights(first, last)
    for id_ in concerned & book.relations.keys():
        old = {name: sorted(ids) for name, ids in book.relations[id_].items()}
        now = {name: sorted(relations_now[name][id_]) for name in old}
        changes.note_rights({id_: old}, {id_: now})
