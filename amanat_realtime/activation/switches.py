"""What is live: the switch for everything, without which nothing is recorded, delivered
or followed, and those of the models.
"""

from odoo.exceptions import AccessError

from ..parameters import is_on
from .classes import live_models

PARAMETER = "amanat_realtime.enabled"
MANAGER = "amanat_realtime.group_realtime_manager"


def is_enabled(env):
    """Whether this database is live at all.

    :param Environment env:
    :rtype: bool
    """
    return is_on(env, PARAMETER)


def is_live(env, model_name):
    """Whether there are live views of a model: it is switched on, and so is everything.

    :param Environment env:
    :param str model_name: need not be that of a model
    :rtype: bool
    """
    return model_name in live_models(env.registry) and is_enabled(env)


def set_enabled(env, on):
    """Switch everything on or off. Open browsers are told after the commit.

    :param Environment env:
    :param bool on:
    :raise AccessError: if the user is not a manager
    """
    if not (env.su or env.user.has_group(MANAGER)):
        raise AccessError(env._("Only managers may switch live views on or off."))
    if bool(on) != is_enabled(env):
        # no parameter means on
        value = False if on else "False"
        env["ir.config_parameter"].sudo().set_param(PARAMETER, value)
