"""Names of referenced records, as the recipient would read them."""

from collections import defaultdict

from .readable import readable_now

# two readers of one access class may differ in these
_PER_READER = {"company", "allowed_company_ids", "uid"}


def put_names(model, groups):
    """Replace ids of many2one values by ``{"id", "display_name"}``, in place.

    A reference to a record that the recipient may not read is not told, nor is a name
    that depends on more than the reader's language: the field moves to ``stale``, and
    the view reads it under its own rights.

    :param BaseModel model: with the recipient as its user
    :param list[dict] groups: entries of ``update``
    """
    references = [
        (group, name, model._fields[name].comodel_name)
        for group in groups
        for name in group["diff"]
        if model._fields[name].type == "many2one"
    ]
    wanted = defaultdict(set)
    for group, name, comodel_name in references:
        wanted[comodel_name] |= {id_ for id_ in group["diff"][name] if id_}
    names = {name: _read_names(model.env[name], ids) for name, ids in wanted.items()}
    for group, name, comodel_name in references:
        known = names[comodel_name]
        pair = group["diff"].pop(name)
        if all(not id_ or id_ in known for id_ in pair):
            group["diff"][name] = [
                bool(id_) and {"id": id_, "display_name": known[id_]} for id_ in pair
            ]
        else:
            group["stale"] = sorted({*group["stale"], name})


def _read_names(comodel, ids):
    """Return ``{id: name}`` of what may be told."""
    context_keys = comodel.pool.field_depends_context[comodel._fields["display_name"]]
    if not ids or _PER_READER & set(context_keys):
        return {}
    allowed = readable_now(comodel, ids)
    return {record.id: record.display_name for record in comodel.sudo().browse(allowed)}
