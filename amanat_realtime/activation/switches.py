"""Whether anything is live at all."""

PARAMETER = "amanat_realtime.enabled"


def is_enabled(env):
    """
    :rtype: bool
    """
    return env["ir.config_parameter"].sudo().get_param(PARAMETER, "True") != "False"


def set_enabled(env, on):
    """
    :param bool on:
    """
    env["ir.config_parameter"].sudo().set_param(PARAMETER, str(bool(on)))
