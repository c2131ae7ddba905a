"""Names of referenced records, as the recipient would read them."""

from .readable import readable_now


def put_names(model, groups):
    """Replace ids of many2one values by ``{"id", "display_name"}``, in place.

    A reference to a record that the recipient may not read is not told: the field moves
    to ``stale``, and the view reads it under its own rights.

    :param BaseModel model: with the recipient as its user
    :param list[dict] groups: entries of ``update``
    """
    names = {}
    for group in groups:
        for name, pair in list(group["diff"].items()):
            field = model._fields[name]
            if field.type != "many2one":
                continue
            comodel = model.env[field.comodel_name]
            wanted = {id_ for id_ in pair if id_}
            known = names.setdefault(comodel._name, {})
            known.update(_read_names(comodel, wanted - known.keys()))
            if all(known[id_] is not None for id_ in wanted):
                group["diff"][name] = [
                    bool(id_) and {"id": id_, "display_name": known[id_]}
                    for id_ in pair
                ]
            else:
                del group["diff"][name]
                group["stale"] = sorted({*group["stale"], name})


def _read_names(comodel, ids):
    """Return ``{id: name}``, with ``None`` for what the recipient may not read."""
    if not ids:
        return {}
    allowed = readable_now(comodel, ids)
    records = comodel.sudo().with_context(lang=comodel.env.user.lang).browse(allowed)
    return {**dict.fromkeys(ids), **{r.id: r.display_name for r in records}}
