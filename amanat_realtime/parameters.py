"""Switches of a database: on, unless a parameter says that they are off. Odoo forgets
parameters that are false, so no parameter means on.
"""


def is_on(env, parameter):
    """
    :param Environment env:
    :param str parameter: key of the parameter
    :rtype: bool
    """
    # asked for with every write: past the access check of get_param
    return env["ir.config_parameter"]._get_param(parameter) != "False"


def put(env, parameter, on):
    """Switch something on or off, whoever the user is.

    :param Environment env:
    :param str parameter: key of the parameter
    :param bool on:
    """
    if on != is_on(env, parameter):
        env["ir.config_parameter"].sudo().set_param(parameter, str(on))
