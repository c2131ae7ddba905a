"""Where else a change shows: fields that are not columns of the changed record."""

from collections import defaultdict

from .columns import read_columns


def dependents(model, touched, book, net):
    """Find the fields, on any live model, that show differently after a change and
    have no stored value of their own to tell it.

    :param BaseModel model: the model that changed
    :param dict touched: ``{id: frozenset of the names of changed fields}``
    :param Pending book: what else is known about the model
    :param Net net: of the model
    :return: yields ``(model name, ids, {field name})``
    """
    created = book.created.keys() - book.deleted.keys()
    yield from _computed(model, touched, created)
    yield from _parents(model, touched.keys() | created, net)


def _computed(model, touched, created):
    by_names = defaultdict(list)
    for id_, names in touched.items():
        by_names[names].append(id_)
    if created:
        by_names[frozenset(model._fields)].extend(created)
    for names, ids in by_names.items():
        yield from computed_from(model.browse(ids), names)


def computed_from(records, names):
    """Find the fields that are computed from others and not stored.

    :param BaseModel records:
    :param Iterable[str] names: fields of the records that change
    :return: yields ``(model name, ids, {field name})``
    """
    scope = records._realtime_scope()
    tree = records.pool.get_trigger_tree(
        [records._fields[name] for name in names],
        select=lambda field: not field.store and field.model_name in scope,
    )
    if tree:
        records = records.sudo().with_context(active_test=False)
        for field, found, _create in records._modified_triggers(tree):
            yield field.model_name, found._ids, {field.name}


def _parents(model, ids, net):
    """A line that changed shows in the form of the record that it belongs to."""
    listed_in = model._realtime_parents()
    if not listed_in:
        return
    links = [link for link, _parent, _names in listed_in]
    now = [
        *read_columns(model, ids - net.after.keys(), links).values(),
        *map(net.after.get, ids & net.after.keys()),
    ]
    for link, parent_name, names in listed_in:
        parents = {values[link] for values in now}
        parents |= {pairs[link][0] for pairs in net.changed.values() if link in pairs}
        yield parent_name, parents - {None}, set(names)
