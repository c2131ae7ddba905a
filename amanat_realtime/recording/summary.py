"""From what was touched to what has changed: the net effect of a transaction."""

from collections import defaultdict

from .change_set import ChangeSet
from .columns import is_plain, read_columns, to_json, travels
from .spread import dependents


class Summary:
    """The net effect of a transaction on one model.

    :ivar BaseModel model: empty, superuser
    :ivar ChangeSet changes:
    :ivar dict columns: ``{id: {column: value before}}`` of the changed columns
    :ivar dict rooms: ``{id: [room]}`` of the deleted records
    """

    def __init__(self, model, columns, rooms):
        self.model = model
        self.columns = columns
        self.rooms = rooms
        self.changes = ChangeSet()


def summarize(env, books):
    """Compare before with after.

    :param Environment env: flushed
    :param dict books: ``{model name: Pending}``
    :return: only of models that somebody watches
    :rtype: list[Summary]
    """
    for name, book in books.items():
        _forget_undone(env[name], book)
    changed = {name: _changed_columns(env[name], book) for name, book in books.items()}
    stale = defaultdict(lambda: defaultdict(set))
    for name, book in books.items():
        for id_, names in book.stale.items():
            stale[name][id_] |= names
    for name, book in books.items():
        touched = {id_: set(pairs) for id_, pairs in changed[name].items()}
        for id_, names in book.stale.items():
            touched.setdefault(id_, set()).update(names)
        for found, ids, names in dependents(env[name], touched, book, changed[name]):
            for id_ in ids:
                stale[found][id_] |= names
    watched = env["amanat.realtime.lease"]._watched({*books, *stale})
    return [
        _summarize_model(env[name], books.get(name), changed.get(name, {}), stale[name])
        for name in {**books, **stale}
        if name in watched
    ]


def _forget_undone(model, book):
    """Drop what did not come to pass, such as a deletion that was refused, and what
    was made and undone again.
    """
    ids = {*book.created, *book.deleted}
    if ids:
        existing = set(read_columns(model, ids, ["id"]))
        for id_ in existing | book.created.keys():
            book.deleted.pop(id_, None)
        book.gone = book.created.keys() - existing
        for id_ in book.gone:
            del book.created[id_]


def _changed_columns(model, book):
    """Return ``{id: {column: (before, after)}}`` of what is not as it was."""
    names = sorted({name for values in book.columns.values() for name in values})
    after = read_columns(model, book.columns, names)
    result = {}
    for id_, values in book.columns.items():
        if id_ not in after or id_ in book.created:
            continue
        pairs = {
            name: (old, after[id_][name])
            for name, old in values.items()
            if old != after[id_][name]
        }
        if pairs:
            result[id_] = pairs
    return result


def _summarize_model(model, book, changed, stale):
    model = model.sudo()
    live = set(model._get_realtime_fields())
    ruled = model._realtime_rule_fields()
    columns = {
        id_: {name: old for name, (old, _new) in pairs.items()}
        for id_, pairs in changed.items()
    }
    summary = Summary(model, columns, book.rooms if book else {})
    changes = summary.changes
    for id_ in book.created if book else ():
        changes.note_created(id_)
    for id_, pairs in changed.items():
        change = changes.change(id_)
        for name, (old, new) in pairs.items():
            field = model._fields[name]
            if name in ruled:
                change.before[name] = to_json(field, old)
            if name not in live:
                continue
            if is_plain(field) and travels(field, old) and travels(field, new):
                change.set(name, to_json(field, old), to_json(field, new))
            else:
                change.stale.add(name)
    for id_, names in stale.items():
        # fields that are not stored follow from those that are
        change = changes.change(id_)
        change.stale |= {n for n in names if n in live or not model._fields[n].store}
        if book:
            change.before.update(book.relations.get(id_, {}))
    for id_, before in book.deleted.items() if book else ():
        changes.change(id_).before.update(
            {
                name: to_json(model._fields[name], old)
                for name, old in book.columns.get(id_, {}).items()
                if name in ruled
            }
        )
        changes.note_deleted(id_, before)
    for id_ in book.gone if book else ():
        changes.updated.pop(id_, None)
    return summary
