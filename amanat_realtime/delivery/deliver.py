"""The last check before a notification leaves the server."""

import logging

from ..recording.notify import NOTIFICATION_TYPE as NOTIFICATION
from ..recording.publish import NOTIFICATION_TYPE as CHANGES
from .access_class import access_class
from .decisions import decisions
from .message import message_for

_logger = logging.getLogger(__name__)

CHECKED_TYPES = frozenset({CHANGES, NOTIFICATION})


def deliver(env, notifications):
    """Reduce notifications to what their recipient may know.

    One of which nothing is left stays as an empty one: a socket remembers what it has
    seen by what it was given, and would fetch it again for as long as it exists.

    :param Environment env: of the recipient
    :param list[dict] notifications: ``{"id", "message": {"type", "payload"}}``
    :rtype: list[dict]
    """
    if not any(_is_checked(notification) for notification in notifications):
        return notifications
    _heed_other_processes(env)
    return [
        _deliver_one(env, notification) if _is_checked(notification) else notification
        for notification in notifications
    ]


def _is_checked(notification):
    return notification["message"].get("type") in CHECKED_TYPES


def _deliver_one(env, notification):
    message = notification["message"]
    try:
        payload = _payload_for(env, notification["id"], message)
    except Exception:
        _logger.exception("Could not check notification %s", notification["id"])
        payload = {}
    return {**notification, "message": {"type": message["type"], "payload": payload}}


def _payload_for(env, row_id, message):
    user = env.user
    row = message["payload"]
    if not user.active or not user._is_internal() or row.get("model") not in env:
        return {}
    return decisions.get(
        (env.cr.dbname, row_id),
        access_class(env, row),
        lambda: message_for(env, message["type"], row),
    )


def _heed_other_processes(env):
    """Drop cached rights that another process has changed: unlike requests, sockets
    that are woken up do not look for that.
    """
    registry = env.registry.check_signaling(env.cr)
    if registry is not env.registry:
        env.transaction.reset()
