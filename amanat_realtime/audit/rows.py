"""From the net effect of a transaction on a model to rows of the audit."""

import json
from collections import defaultdict

from ..drafts.jsonable import jsonable
from .contents import columns, links_of, sizes
from .row import Row


def rows_of(model, book, net, links, names):
    """Return what is to be kept of what happened to a model.

    :param BaseModel model: superuser, with a cache of its own
    :param Pending book: ``None`` if only links of its records changed
    :param Net net: of the same
    :param dict links: ``{id: {field: LinkChange}}``
    :param Names names:
    :rtype: list[Row]
    """
    touched = {*book.created, *book.deleted} if book else set()
    contents = defaultdict(list)
    if book:
        _add(contents, columns(model, net, names))
        _add(contents, sizes(model, book))
    _add(contents, links_of(model, links, names))
    # what happens to a record that is new, or gone, tells nobody anything
    updated = sorted(contents.keys() - touched)
    # in both: it never came to be
    created = [id_ for id_ in touched if id_ not in book.deleted]
    deleted = [id_ for id_ in touched if id_ not in book.created]
    names.learn(model._name, {*created, *updated})
    return [
        *(Row("create", id_, names.of(model._name, id_)) for id_ in sorted(created)),
        *(
            Row("delete", id_, names.of(model._name, id_), rights=_rights(book, id_))
            for id_ in sorted(deleted)
        ),
        *(
            Row("update", id_, names.of(model._name, id_), **content)
            for id_ in updated
            for content in contents[id_]
        ),
    ]


def _add(contents, found):
    for id_, content in found:
        contents[id_].append(content)


def _rights(book, id_):
    values = jsonable(book.deleted[id_])
    return json.dumps(values, sort_keys=True, separators=(",", ":"))
