"""Notifications that a program sends to people, whatever they look at."""

from ..wire import NOTIFICATION
from .guard import never_break
from .publish import header, insert_row
from .sendable import sendable


def notify_users(users, action, model_name, records, names):
    """See ``res.users._send_realtime_notification``.

    :param BaseModel users:
    :param str action:
    :param str model_name:
    :param list[dict] records: JSON values
    :param Iterable[str] names:
    :raise ValueError: if it cannot be sent
    """
    content = _checked(users.env, action, model_name, records, names)
    readers = users.sudo().filtered(lambda user: user.active and user._is_internal())
    if not readers:
        return
    env = users.env
    channels = {user.id: personal_channel(user) for user in readers}

    @env.cr.precommit.add
    def send():
        with never_break("notify people"), env.cr.savepoint(flush=False):
            for uid, channel in channels.items():
                row = header(env, model_name) | content | {"to": uid}
                insert_row(env, channel, NOTIFICATION, row)


def personal_channel(user):
    """Return the channel that all tabs of a person follow, polling ones as well.

    :rtype: tuple[str, str, int]
    """
    partner = user.sudo()._bus_channel()
    return (user.env.cr.dbname, partner._name, partner.id)


def _checked(env, action, model_name, records, names):
    """Return a copy that nothing changes any more.

    :raise ValueError:
    """
    if not isinstance(action, str) or not action:
        raise ValueError(f"The action must be a name, not {action!r}")
    if not isinstance(model_name, str) or model_name not in env:
        raise ValueError(f"There is no model {model_name!r}")
    names = [names] if isinstance(names, str) else list(names or ())
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"The fields must be names, not {names!r}")
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise ValueError("The records must be a list of dicts")
    for values in records:
        if "id" in values and type(values["id"]) is not int:
            raise ValueError(f"The id of a record must be a number: {values['id']!r}")
    return sendable({"action": action, "records": records, "fields": names})
