"""Where presence is switched off: in the database, or for a model."""

from ..activation import switches
from ..parameters import is_on

PARAMETER = "amanat_realtime.presence"


def is_enabled(env):
    """Whether the database has presence at all.

    :rtype: bool
    """
    return switches.is_enabled(env) and is_chosen(env)


def is_chosen(env):
    """Whether the database has presence when it is live.

    :rtype: bool
    """
    return is_on(env, PARAMETER)


def models_off(env):
    """Return the names of the models that presence is switched off for.

    :rtype: set[str]
    """
    return env["amanat.realtime.model"]._models_without("presence")
