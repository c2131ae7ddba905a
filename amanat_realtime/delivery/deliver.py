"""The last check before a notification leaves the server."""

import logging
import threading

from odoo.modules.registry import Registry

from ..activation.switches import is_enabled, is_live
from ..monitoring.delivered import count_delivered, size_of
from ..wire import CHANGES, NOTIFICATION, PRESENCE, PROGRESS
from .access_class import access_class
from .decisions import decisions
from .message import look_again, message_for

_logger = logging.getLogger(__name__)

CHECKED_TYPES = frozenset({CHANGES, NOTIFICATION, PRESENCE, PROGRESS})

_signaling = threading.Lock()


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
    # nothing else of a reader's context may decide what others of their class get
    env = env(context={"lang": env.user.lang})
    return [
        _deliver_one(env, notification) if _is_checked(notification) else notification
        for notification in notifications
    ]


def _is_checked(notification):
    message = notification["message"]
    return isinstance(message, dict) and message.get("type") in CHECKED_TYPES


def _deliver_one(env, notification):
    message = notification["message"]
    payload, size = {}, 0
    for judge in (message_for, look_again):
        try:
            payload, size = _payload_for(env, notification["id"], message, judge)
            break
        except Exception:
            _logger.exception("Could not check notification %s", notification["id"])
    model = message["payload"].get("model")
    if model in env:
        count_delivered(env.cr.dbname, message["type"], model, size)
    return {**notification, "message": {"type": message["type"], "payload": payload}}


def _payload_for(env, row_id, message, judge):
    """
    :return: the payload, and its length in bytes
    :rtype: tuple[dict, int]
    """
    user = env.user
    row = message["payload"]
    if not user.active or not user._is_internal() or not _is_live(env, row):
        return {}, 0
    if row.get("to", env.uid) != env.uid:
        # people may share a partner, and with it their channel
        return {}, 0

    def decide():
        # a failing query must not take the other notifications with it
        with env.cr.savepoint(flush=False):
            payload = judge(env, message["type"], row)
        return payload, size_of(payload) if payload else 0

    row_key = (env.cr.dbname, row_id, judge.__name__)
    return decisions.get(row_key, access_class(env, row), decide)


def _is_live(env, row):
    # what was told before it was switched off is not told after that
    name = row.get("model")
    if "to" in row:
        # people may be told of any model
        return name in env and is_enabled(env)
    return is_live(env, name)


def _heed_other_processes(env):
    """Drop cached rights that another process has changed: unlike requests, sockets
    that are woken up do not look for that.
    """
    with _signaling:
        # of many sockets, only the first one reloads a registry
        registry = Registry(env.cr.dbname).check_signaling(env.cr)
    if registry is not env.registry:
        env.transaction.reset()
