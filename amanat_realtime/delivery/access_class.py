"""Who may be decided together: recipients for whom every rights check that a row needs
has the same outcome.
"""

from odoo import models

_CORE_ACCESS = "odoo.addons.base.models.ir_model"


def access_class(env, row):
    """Return a key that is equal for recipients with equal rights over a row.

    The evaluated domains of the record rules and the readable fields make the key, so
    that nothing about who may read what has to be known here. Models with an access
    check in Python are decided per user.

    :param Environment env: of the recipient, in their language
    :param dict row: content of a row
    :rtype: Hashable
    """
    model = env[row["model"]]
    names = sorted(fields_of(row))
    comodels = {
        model._fields[name].comodel_name
        for name in names
        if name in model._fields and model._fields[name].type == "many2one"
    }
    rights = tuple(
        _rights_over(env[name]) for name in sorted({row["model"], *comodels})
    )
    readable = frozenset(n for n in names if may_read_field(model, n))
    if _is_overridden(model, "_has_field_access"):
        rights += (env.uid,)
    # names of referenced records are translated
    return rights, readable, env.context["lang"]


def fields_of(row):
    """Return the names of all fields that a row tells of.

    :rtype: set[str]
    """
    names = set(row.get("fields", ()))
    names.update(*row.get("records", ()))
    places = (*row.get("before", ()), *row.get("places", ()))
    names.update(place["field"] for place in places if "field" in place)
    for group in row.get("update", ()):
        names.update(group.get("diff", ()), group.get("stale", ()))
    return names


def may_read(model):
    """Whether the user of a model may read it, as ``has_access`` says.

    Odoo keeps the names of all models that a user may read for each of them, which
    takes more memory than their websocket. Groups alone decide, unless another addon
    has a say.

    :rtype: bool
    """
    access = model.env["ir.model.access"]
    if (
        model.env.su
        or _is_overridden(model, "has_access")
        or _is_overridden(model, "_check_access")
        or any(
            getattr(type(access), name).__module__ != _CORE_ACCESS
            for name in ("check", "_get_allowed_models")
        )
    ):
        return model.has_access("read")
    return access._realtime_may_read(model._name)


def may_read_field(model, name):
    """Whether the user of a model may read one of its fields.

    :rtype: bool
    """
    field = model._fields.get(name)
    return field is not None and model._has_field_access(field, "read")


def are_for_all(model, names):
    """Whether who may read a model may read some of its fields, whoever it is.

    :param BaseModel model:
    :param Iterable[str] names: of fields
    :rtype: bool
    """
    if _is_overridden(model, "_has_field_access"):
        return False
    return not any(model._fields[n].groups for n in names if n in model._fields)


def has_rules(model):
    """Whether some records may be hidden from a user who may read the model.

    :rtype: bool
    """
    if model.env.su:
        return False
    if _is_overridden(model, "_check_access"):
        return True
    return not model.env["ir.rule"]._compute_domain(model._name, "read").is_true()


def _rights_over(model):
    if model.env.su:
        return True
    if _is_overridden(model, "_check_access"):
        return model.env.uid
    if not may_read(model):
        return False
    return repr(model.env["ir.rule"]._compute_domain(model._name, "read"))


def _is_overridden(model, method):
    return getattr(type(model), method) is not getattr(models.BaseModel, method)
