"""What is kept of a change, by kind of field: what :class:`Row` takes."""

from ..recording.columns import to_json
from .parted import companies, properties, translations
from .row import links_text
from .secrets import is_secret
from .sizes import read_sizes
from .values import cut, describe, size_text


def columns(model, net, names):
    """Tell what changed in columns.

    :param BaseModel model: superuser, with a cache of its own
    :param Net net:
    :param Names names:
    :return: yields ``(id, content)``
    """
    changed = {name for pairs in net.changed.values() for name in pairs}
    for name in sorted(changed & model._realtime_auditable()):
        field = model._fields[name]
        pairs = {id_: p[name] for id_, p in net.changed.items() if name in p}
        secret = _is_secret(model, field)
        if field.type == "many2one" and not (secret or field.company_dependent):
            names.learn(
                field.comodel_name, {i for pair in pairs.values() for i in pair}
            )
        for id_, (old, new) in pairs.items():
            if secret:
                yield id_, _content(field, secret=True)
            else:
                for told in _column(field, model.browse(id_), old, new, names):
                    yield id_, _content(field, **told)


def sizes(model, book):
    """Tell which files changed.

    :param Pending book:
    :return: yields ``(id, content)``
    """
    for name in sorted({name for noted in book.sizes.values() for name in noted}):
        field = model._fields[name]
        before = {i: noted[name] for i, noted in book.sizes.items() if name in noted}
        secret = _is_secret(model, field)
        for id_, (size, checksum) in read_sizes(model, before, name).items():
            old, old_checksum = before[id_]
            if (old, old_checksum) == (size, checksum):
                continue
            told = _pair((old, size_text(old)), (size, size_text(size)))
            yield id_, _content(field, **({"secret": True} if secret else told))


def links_of(model, links, names):
    """Tell what changed in relations to many.

    :param dict links: ``{id: {field: LinkChange}}``
    :return: yields ``(id, content)``
    """
    for id_, by_field in links.items():
        for name, change in sorted(by_field.items()):
            removed, added = (
                change.removed - change.added,
                change.added - change.removed,
            )
            if removed or added:
                field = model._fields[name]
                told = (_links(field, ids, names) for ids in (removed, added))
                yield id_, _content(field, **_pair(*told))


def _is_secret(model, field):
    return is_secret(field, model.env["amanat.activity"]._password_fields())


def _content(field, **told):
    return {"field": field.name, "ttype": field.type, **told}


def _pair(old, new):
    return {"old": old[0], "old_text": old[1], "new": new[0], "new_text": new[1]}


def _column(field, record, old, new, names):
    """Yield what is kept of a column that changed."""
    if field.company_dependent:
        for company_id, before, after in companies(old, new):
            told = _pair(describe(field, before, names), describe(field, after, names))
            yield {"company_id": company_id, **told}
    elif field.translate:
        yield _pair(*translations(field, old, new, names))
    elif field.type == "properties":
        yield _pair(*properties(field, record, old, new, names))
    elif to_json(field, old) != to_json(field, new):
        told = _pair(describe(field, old, names), describe(field, new, names))
        if field.type == "html" and told["old_text"] == told["new_text"]:
            # only the markup changed
            told["old_text"], told["new_text"] = cut(old), cut(new)
        yield told


def _links(field, ids, names):
    names.learn(field.comodel_name, ids)
    links = [names.link(field.comodel_name, id_) for id_ in sorted(ids)]
    return links or None, cut(links_text(links))
