"""Who is connected to this process by websocket, as core keeps it for itself.

Core promises nothing of these structures. Whatever is not as expected makes the figures
unknown, and nothing else.
"""

import logging

from ..channel import EVERY_ROOM, PREFIX

_logger = logging.getLogger(__name__)
_reported = set()


def connections(dbname):
    """Count the websockets of a database.

    :param str dbname:
    :return: ``{"sockets", "people", "models": {model: [views, people]}}``; ``None`` if
        it is unknown
    :rtype: dict | None
    """
    try:
        return _count(_open_sockets(dbname))
    except Exception:
        if "surprise" not in _reported:
            _reported.add("surprise")
            _logger.warning("Real-time: cannot count the websockets", exc_info=True)
        return None


def _open_sockets(dbname):
    # imported here: a core that has moved it must not keep us from starting
    from odoo.addons.bus import websocket as core

    is_open = core.ConnectionState.OPEN
    return [
        (ws._session.uid, frozenset(ws._channels))
        for ws in _copy(core._websocket_instances)
        if ws._db == dbname and ws.state is is_open
    ]


def _copy(instances):
    """Other threads open and close sockets meanwhile."""
    for _attempt in range(5):
        try:
            return list(instances)
        except RuntimeError:
            continue
    return list(instances)


def _count(sockets):
    views, people = {}, {}
    for uid, channels in sockets:
        for channel in channels:
            # that one comes along with others
            ours = isinstance(channel, tuple) and channel[1:2] == (PREFIX,)
            if ours and channel[3:] != (EVERY_ROOM,):
                model = channel[2]
                views[model] = views.get(model, 0) + 1
                people.setdefault(model, set()).add(uid)
    return {
        "sockets": len(sockets),
        "people": len({uid for uid, _channels in sockets if uid}),
        "models": {name: [n, len(people[name])] for name, n in views.items()},
    }
