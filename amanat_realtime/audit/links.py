"""Which records were linked and unlinked by relations to many.

They have no column: links are compared with those before a write, and they follow from
what happened to the records at the other end, if these are live.
"""

from collections import defaultdict

from ..recording.columns import read_columns, read_relation


class LinkChange:
    """What happened to one relation of one record.

    :ivar set removed: ids
    :ivar set added: ids
    """

    __slots__ = ("added", "removed")

    def __init__(self):
        self.removed = set()
        self.added = set()


def changed_links(env, books, nets, audited):
    """Find the links that changed.

    :param Environment env: superuser
    :param dict books: ``{model: Pending}``
    :param dict nets: ``{model: Net}``
    :param Collection[str] audited: names of the models that it is wanted for
    :return: ``{model: {id: {field: LinkChange}}}``
    :rtype: dict
    """
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(LinkChange)))
    for name, book in books.items():
        model = env[name]
        if name in audited:
            for id_, field, removed, added in _written(model, book):
                found[name][id_][field].removed |= removed
                found[name][id_][field].added |= added
        for parent, field, line, before, after in _lines(model, book, nets[name]):
            if parent in audited and before != after:
                if before:
                    found[parent][before][field].removed.add(line)
                if after:
                    found[parent][after][field].added.add(line)
        for other, field, id_, removed, added in _mirrored(model, book, audited):
            for other_id in removed:
                found[other][other_id][field].removed.add(id_)
            for other_id in added:
                found[other][other_id][field].added.add(id_)
    return found


def _written(model, book):
    """Yield ``(id, field, removed, added)``."""
    names = {name for links in book.relations.values() for name in links}
    for name in sorted(names & model._realtime_auditable()):
        before = {i: set(n[name]) for i, n in book.relations.items() if name in n}
        now = read_relation(model, before, name)
        for id_, old in before.items():
            new = set(now[id_])
            if old != new:
                yield id_, name, old - new, new - old


def _lines(model, book, net):
    """Yield ``(parent model, its field, line, parent before, parent after)``."""
    created = book.created.keys() - book.deleted.keys()
    deleted = book.deleted.keys() - book.created.keys()
    for link, parent, names in model._realtime_parents():
        field = _whole(model.env[parent], names)
        for id_, row in read_columns(model, created, [link]).items():
            yield parent, field, id_, None, row[link]
        for id_, pairs in net.changed.items():
            if link in pairs and id_ not in deleted:
                yield parent, field, id_, *pairs[link]
        for id_ in deleted:
            last = book.links.get(id_, {}).get(link)
            yield parent, field, id_, book.columns.get(id_, {}).get(link, last), None


def _whole(parent, names):
    """Return the one2many that shows all the lines, if there is one."""
    return next((n for n in names if not parent._fields[n].domain), names[0])


def _mirrored(model, book, audited):
    """Yield ``(other model, its field, id, removed, added)``."""
    created = book.created.keys() - book.deleted.keys()
    for name, other, inverse in model._realtime_mirrors():
        if other not in audited:
            continue
        before = {i: n[name] for i, n in book.relations.items() if name in n}
        before.update(dict.fromkeys(created, ()))
        now = read_relation(model, before, name)
        for id_, old in before.items():
            yield other, inverse, id_, {*old} - {*now[id_]}, {*now[id_]} - {*old}
