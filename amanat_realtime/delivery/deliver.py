"""The last check before a notification leaves the server."""

import logging
import threading

from odoo.modules.registry import Registry

from ..activation.switches import is_enabled, is_live
from ..monitoring.delivered import count_delivered, size_of
from ..wire import CHANGES, NOTIFICATION, PRESENCE, PROGRESS
from .access_class import access_class
from .backlog import shortened
from .decisions import decisions
from .each import first
from .message import look_again, message_for, messages_for

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
    if not any(is_checked(notification["message"]) for notification in notifications):
        return notifications
    heed_other_processes(env)
    user = env.user
    may_listen = user.active and user._is_internal()
    # nothing else of a reader's context may decide what others of their class get
    env = env(context={"lang": user.lang})
    messages = shortened([notification["message"] for notification in notifications])
    return [
        _deliver_one(env, notification, message, may_listen)
        if is_checked(message)
        else notification
        for notification, message in zip(notifications, messages, strict=True)
    ]


def is_checked(message):
    """Whether what is sent depends on who gets it.

    :param message: of a notification
    :rtype: bool
    """
    return isinstance(message, dict) and message.get("type") in CHECKED_TYPES


def payloads_for(envs, row_id, message):
    """Return what recipients of a notification may know, at the cost of one.

    :param Iterable[Environment] envs: of recipients who may listen, in their languages,
        one of each access class; gone through several times
    :param int row_id:
    :param dict message: ``{"type", "payload"}``, of a checked type
    :return: a payload for each of them
    :rtype: list[dict]
    """
    try:
        with first(envs).cr.savepoint(flush=False):
            return messages_for(envs, message["type"], message["payload"])
    except Exception:
        # what fails for one of them must not for all
        return [_judge(env, row_id, message) for env in envs]


def is_for(row, uid):
    """Whether a row concerns a user: people may share a partner, and with it their
    channel.

    :param dict row: content of the row
    :param int uid:
    :rtype: bool
    """
    return row.get("to", uid) == uid


def is_told(env, row):
    """Whether anybody is told of a row: what was put on the bus before its model was
    switched off is not told after that.

    :param Environment env:
    :param dict row: content of the row
    :rtype: bool
    """
    name = row.get("model")
    if "to" in row:
        # people may be told of any model
        return name in env and is_enabled(env)
    return is_live(env, name)


def heed_other_processes(env):
    """Drop cached rights that another process has changed: unlike requests, sockets
    that are woken up do not look for that.

    :param Environment env:
    """
    with _signaling:
        # of many sockets, only the first one reloads a registry
        registry = Registry(env.cr.dbname).check_signaling(env.cr)
    if registry is not env.registry:
        env.transaction.reset()


def _deliver_one(env, notification, message, may_listen):
    row = message["payload"]
    payload, size = {}, 0
    if may_listen:
        payload, size = _payload_for(env, notification["id"], message)
    if row.get("model") in env:
        count_delivered(env.cr.dbname, message["type"], row["model"], size)
    return {**notification, "message": {"type": message["type"], "payload": payload}}


def _payload_for(env, row_id, message):
    """
    :return: the payload, and its length in bytes
    :rtype: tuple[dict, int]
    """
    row = message["payload"]
    if not is_for(row, env.uid) or not is_told(env, row):
        return {}, 0

    def decide():
        payload = _judge(env, row_id, message)
        return payload, size_of(payload) if payload else 0

    try:
        # who lacks many rows is told less of this one, and not by whom it is
        row_key = env.cr.dbname, row_id, row.get("refresh"), row.get("by")
        return decisions.get(row_key, access_class(env, row), decide)
    except Exception:
        _logger.exception("Could not tell who may know of notification %s", row_id)
        return {}, 0


def _judge(env, row_id, message):
    for judge in (message_for, look_again):
        try:
            # a failing query must not take the other notifications with it
            with env.cr.savepoint(flush=False):
                return judge(env, message["type"], message["payload"])
        except Exception:
            _logger.exception("Could not check notification %s", row_id)
    return {}
