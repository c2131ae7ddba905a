"""Where presence is switched off: in the database, or for a model."""

PARAMETER = "amanat_realtime.presence"


def is_enabled(env):
    """Whether the database has presence at all.

    :rtype: bool
    """
    return env["ir.config_parameter"].sudo().get_param(PARAMETER, "True") != "False"


def models_off(env):
    """Return the names of the models that presence is switched off for.

    :rtype: set[str]
    """
    off = env["amanat.realtime.model"].sudo().search([("presence", "=", False)])
    return set(off.mapped("model_id.model"))
