"""Whether sockets are served together: the switch, and whether others have a say."""

from ..parameters import is_on

PARAMETER = "amanat_realtime.shared_fanout"
# whose code on the way of a notification is known here
_KNOWN = {"odoo.addons.bus.models.bus", "odoo.addons.amanat_realtime.models.bus_bus"}


def is_chosen(env):
    """
    :param Environment env:
    :rtype: bool
    """
    return is_on(env, PARAMETER)


def is_shared(env):
    """Whether the sockets of a database are served together. They are not where another
    addon reads notifications in its own way.

    :param Environment env:
    :rtype: bool
    """
    return (
        hasattr(env["ir.websocket"], "_realtime_rights_epoch")
        and is_chosen(env)
        and _poll_is_known(env["bus.bus"])
    )


def _poll_is_known(bus):
    definitions = {cls.__module__ for cls in type(bus).__mro__ if "_poll" in vars(cls)}
    return definitions <= _KNOWN
