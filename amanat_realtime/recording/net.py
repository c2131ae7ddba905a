"""From what was touched to what has changed: the net effect of a transaction."""

from ..activation.classes import live_models
from .alike import alike
from .columns import read_columns


class Net:
    """What a transaction did to the columns of one model.

    :ivar dict after: ``{id: {column: value}}`` of all that was touched, with the links
        to parents
    :ivar dict changed: ``{id: {column: (before, after)}}`` of what is not as it was;
        records that changed alike may share a dict, as in ``after``
    """

    __slots__ = ("after", "changed")

    def __init__(self, after, changed):
        self.after = after
        self.changed = changed


def net_effects(env, books):
    """Compare before with after.

    :param Environment env: flushed
    :param dict books: ``{model name: Pending}``; what did not come to pass is dropped
    :return: ``{model name: Net}``
    :rtype: dict[str, Net]
    """
    nets = {}
    for name, book in books.items():
        _see_what_exists(env[name], book)
        after = _columns_now(env[name], book)
        nets[name] = Net(after, _changed(book, after))
    return nets


def _see_what_exists(model, book):
    """Drop deletions that did not come to pass, such as one that was refused, and note
    those that nobody told, such as a creation that was rolled back.
    """
    ids = {*book.created, *book.deleted}
    if ids:
        existing = set(read_columns(model, ids, ["id"]))
        for id_ in existing:
            book.deleted.pop(id_, None)
        for id_ in book.created.keys() - existing:
            book.deleted.setdefault(id_, {})


def _columns_now(model, book):
    names = {name for values in book.columns.values() for name in values}
    # some may have been switched off meanwhile
    if model._name in live_models(model.pool):
        # looked at for the parents; another query would take as long as this one
        names.update(link for link, _parent, _names in model._realtime_parents())
    return read_columns(model, book.columns, sorted(names))


def _changed(book, after):
    """Return ``{id: {column: (before, after)}}`` of what is not as it was."""
    result = {}
    ids = [id_ for id_ in book.columns if id_ in after and id_ not in book.created]
    for group, before, now in alike(ids, book.columns, after):
        pairs = {
            name: (old, now[name]) for name, old in before.items() if old != now[name]
        }
        if pairs:
            for id_ in group:
                result[id_] = pairs
    return result
