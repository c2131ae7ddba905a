"""Many records of which the same is known, taken as one.

A transaction that touches a thousand records mostly does the same to all of them. What
is the same is kept in one object that the records share: it is found out once, and
recognized without a look inside.
"""

from collections import defaultdict


def alike(ids, *parts):
    """Join records that share what is known of them. Records may come apart of which
    the same is known in objects of their own.

    :param Iterable[int] ids:
    :param dict parts: each ``{id: object}``
    :return: yields ``([id], *objects)``, with ``None`` where a part has no object
    """
    ids = list(ids)
    groups = defaultdict(list)
    # no calls of Python functions: this is done for each of the records
    keys = zip(*(map(id, map(part.get, ids)) for part in parts), strict=True)
    for id_, key in zip(ids, keys, strict=True):
        groups[key].append(id_)
    for group in groups.values():
        yield group, *[part.get(group[0]) for part in parts]
