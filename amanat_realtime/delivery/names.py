"""Names of referenced records, as the recipient would read them."""

from collections import defaultdict

from .each import each, first
from .readable import readable_now

# two readers of one access class may differ in these
_PER_READER = {"company", "allowed_company_ids", "uid"}


def put_names(models, told):
    """Replace ids of many2one values by ``{"id", "display_name"}``, in place.

    A reference to a record that the recipient may not read is not told, nor is a name
    that depends on more than the reader's language: the field moves to ``stale``, and
    the view reads it under its own rights.

    :param Iterable[BaseModel] models: the same one, each with a recipient as its user
    :param list[list[dict]] told: for each recipient, entries of ``update``
    """
    wanted = defaultdict(set)
    for model, groups in zip(models, told, strict=True):
        for _group, name, pair in _references(model, groups):
            wanted[model._fields[name].comodel_name] |= {id_ for id_ in pair if id_}
    names = {
        comodel_name: _read_names(_comodels(models, comodel_name), ids)
        for comodel_name, ids in wanted.items()
    }
    for number, (model, groups) in enumerate(zip(models, told, strict=True)):
        for group, name, pair in _references(model, groups):
            known = names[model._fields[name].comodel_name][number]
            _put(group, name, pair, known)


def _comodels(models, name):
    return each(lambda model: model.env[name], models)


def _references(model, groups):
    return [
        (group, name, pair)
        for group in groups
        for name, pair in group["diff"].items()
        if model._fields[name].type == "many2one"
    ]


def _put(group, name, pair, known):
    del group["diff"][name]
    if all(not id_ or id_ in known for id_ in pair):
        group["diff"][name] = [
            bool(id_) and {"id": id_, "display_name": known[id_]} for id_ in pair
        ]
    else:
        group["stale"] = sorted({*group["stale"], name})


def _read_names(comodels, ids):
    """Return ``{id: name}`` of what each reader may be told."""
    comodel = first(comodels)
    context_keys = comodel.pool.field_depends_context[comodel._fields["display_name"]]
    if not ids or _PER_READER & set(context_keys):
        return [{} for _comodel in comodels]
    return [
        {r.id: r.display_name for r in comodel.sudo().browse(allowed)}
        for comodel, allowed in zip(comodels, readable_now(comodels, ids), strict=True)
    ]
