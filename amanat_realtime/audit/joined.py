"""Joining what a transaction did after a savepoint with what it did before it.

Plain Python: no ORM, no database.
"""

# what is compared as a whole: two changes of it are one
_PARTED = frozenset(("properties",))
_TO_MANY = frozenset(("one2many", "many2many"))


def join(earlier, later):
    """Return what is to be written instead of earlier rows.

    :param dict earlier: ``{id: Row}``, what the same transaction has written of the
        same records
    :param list[Row] later:
    :return: ids of the rows that are no longer true, and the rows to be written
    :rtype: tuple[set[int], list[Row]]
    """
    created = {
        row.res_id: id_ for id_, row in earlier.items() if row.action == "create"
    }
    by_key = {row.key: id_ for id_, row in earlier.items() if row.action == "update"}
    outdated, rows = set(), []
    for row in later:
        if row.action == "delete":
            outdated |= {i for i, old in earlier.items() if old.res_id == row.res_id}
            if row.res_id not in created:
                rows.append(row)
        elif row.res_id in created:
            # a new record has no history within its transaction
            continue
        elif row.action == "update" and row.key in by_key:
            first = earlier[by_key[row.key]]
            if _comparable(first, row):
                outdated.add(by_key[row.key])
                if _joined(first, row):
                    rows.append(row)
            else:
                rows.append(row)
        else:
            rows.append(row)
    return outdated, rows


def _comparable(first, last):
    if (
        first.secret
        or last.secret
        or first.ttype not in _PARTED | {"char", "text", "html"}
    ):
        return True
    parts = [
        value
        for row in (first, last)
        for value in (row.old, row.new)
        if value is not None
    ]
    if not all(isinstance(value, dict) for value in parts):
        return True
    return _parts(first) == _parts(last)


def _parts(row):
    return {*(row.old or ()), *(row.new or ())}


def _joined(first, last):
    """Make the last row tell of both.

    :return: whether there is anything to tell
    :rtype: bool
    """
    if last.secret:
        return True
    if last.ttype in _TO_MANY:
        return _join_links(first, last)
    last.old, last.old_text = first.old, first.old_text
    # of files only the size is known
    return last.ttype == "binary" or last.old != last.new


def _join_links(first, last):
    removed1, added1 = _by_id(first.old), _by_id(first.new)
    removed2, added2 = _by_id(last.old), _by_id(last.new)
    removed = _without(removed1, added2) | _without(removed2, added1)
    added = _without(added1, removed2) | _without(added2, removed1)
    last.set_links([*removed.values()], [*added.values()])
    return bool(removed or added)


def _by_id(links):
    return {link["id"]: link for link in links or ()}


def _without(links, others):
    return {id_: link for id_, link in links.items() if id_ not in others}
