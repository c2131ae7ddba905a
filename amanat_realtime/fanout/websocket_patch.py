"""Where the shared fan-out meets core's websockets.

Core wakes every socket up for every notification; each then has a cursor, a check of
its session and a query of its own. Here one thread does that for all sockets that are
to be woken. Whatever it cannot do, a socket does by itself, as core has it.
"""

from odoo.addons.bus.websocket import Websocket

from .gate import gate_of, own_thread
from .worker import worker

_trigger = Websocket.trigger_notification_dispatching
_subscribe = Websocket.subscribe
_dispatch = Websocket._dispatch_bus_notifications
_send_frame = Websocket._send_frame
_send = Websocket._send


def trigger_notification_dispatching(self):
    if not worker.take(self, looks_back=gate_of(self).is_subscribing):
        _trigger(self)


def subscribe(self, channels, last):
    gate = gate_of(self)
    gate.is_subscribing = True
    try:
        _subscribe(self, channels, last)
    finally:
        gate.is_subscribing = False


def _dispatch_bus_notifications(self):
    with own_thread(self):
        return _dispatch(self)


def _send_frame_alone(self, frame):
    with own_thread(self):
        return _send_frame(self, frame)


_OURS = {
    "trigger_notification_dispatching": trigger_notification_dispatching,
    "subscribe": subscribe,
    "_dispatch_bus_notifications": _dispatch_bus_notifications,
    "_send_frame": _send_frame_alone,
}


def is_alone():
    """Whether nobody else has changed how websockets get their notifications: what
    others do there must happen for each message.

    :rtype: bool
    """
    now = vars(Websocket)
    return now["_send"] is _send and all(now[n] is f for n, f in _OURS.items())


for _name, _function in _OURS.items():
    setattr(Websocket, _name, _function)
worker.use(_trigger, is_alone)
