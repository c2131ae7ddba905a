"""From the net effect of a transaction on a model to rows of the audit."""

import json
from collections import defaultdict

from ..drafts.jsonable import jsonable
from ..recording.columns import to_json
from .parted import companies, properties, translations
from .row import Row
from .secrets import is_secret
from .sizes import read_sizes
from .values import cut, describe, size_text


def rows_of(model, book, net, links, names):
    """Return what is to be kept of what happened to a model.

    :param BaseModel model: superuser, with a cache of its own
    :param Pending book: ``None`` if only links of its records changed
    :param Net net: of the same
    :param dict links: ``{id: {field: LinkChange}}``
    :param Names names:
    :rtype: list[Row]
    """
    created = book.created.keys() if book else set()
    deleted = book.deleted.keys() if book else set()
    values = defaultdict(list)
    if book:
        _add_columns(values, model, net, names)
        _add_sizes(values, model, book)
    _add_links(values, model, links, names)
    for id_ in created | deleted:
        values.pop(id_, None)
    names.learn(model._name, {*created, *values} - deleted)
    name_of = {id_: names.of(model._name, id_) for id_ in {*created, *values, *deleted}}
    return [
        *(Row("create", i, name_of[i]) for i in created if i not in deleted),
        *(
            Row("delete", i, name_of[i], rights=_rights(book.deleted[i]))
            for i in deleted
            if i not in created
        ),
        *(
            Row("update", id_, name_of[id_], **content)
            for id_, contents in sorted(values.items())
            for content in contents
        ),
    ]


def _add_columns(values, model, net, names):
    fields = {n: model._fields[n] for n in sorted(model._realtime_auditable())}
    secrets = _secrets(model, fields.values())
    _read_names(fields, net, names)
    for id_, pairs in net.changed.items():
        for name in pairs.keys() & fields.keys():
            field = fields[name]
            told = _SECRET if name in secrets else None
            for content in told or _column(
                field, model.browse(id_), *pairs[name], names
            ):
                values[id_].append({"field": name, "ttype": field.type, **content})


_SECRET = ({"secret": True},)


def _secrets(model, fields):
    passwords = model.env["amanat.activity"]._password_fields()
    return {field.name for field in fields if is_secret(field, passwords)}


def _read_names(fields, net, names):
    links = [n for n, f in fields.items() if f.type == "many2one" and f.column_type]
    for name in links:
        field = fields[name]
        if not field.company_dependent:
            pairs = [p[name] for p in net.changed.values() if name in p]
            names.learn(field.comodel_name, {id_ for pair in pairs for id_ in pair})


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


def _pair(old, new):
    return {"old": old[0], "old_text": old[1], "new": new[0], "new_text": new[1]}


def _add_sizes(values, model, book):
    for name in sorted({n for sizes in book.sizes.values() for n in sizes}):
        field = model._fields[name]
        before = {i: s[name] for i, s in book.sizes.items() if name in s}
        secret = _secrets(model, [field])
        for id_, new in read_sizes(model, before, name).items():
            old = before[id_]
            if old != new:
                told = {
                    "old": old[0],
                    "new": new[0],
                    "old_text": size_text(old[0]),
                    "new_text": size_text(new[0]),
                }
                content = _SECRET[0] if secret else told
                values[id_].append({"field": name, "ttype": "binary", **content})


def _add_links(values, model, links, names):
    for id_, by_field in links.items():
        for name, change in sorted(by_field.items()):
            removed, added = (
                change.removed - change.added,
                change.added - change.removed,
            )
            if removed or added:
                field = model._fields[name]
                old = _links(field, removed, names)
                told = _pair(old, _links(field, added, names))
                values[id_].append({"field": name, "ttype": field.type, **told})


def _links(field, ids, names):
    names.learn(field.comodel_name, ids)
    links = [names.link(field.comodel_name, id_) for id_ in sorted(ids)]
    return links or None, cut(links_text(links))


def links_text(links):
    """Return references as a text.

    :rtype: str | None
    """
    return ", ".join(link["name"] or f"#{link['id']}" for link in links) or None


def _rights(values):
    return json.dumps(jsonable(values), sort_keys=True, separators=(",", ":"))
