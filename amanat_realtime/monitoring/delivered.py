"""Counting what recipients get."""

import json

from ..wire import PRESENCE
from . import counters as names
from .flusher import flusher


def size_of(payload):
    """Return how long a payload is on the wire.

    :param dict payload:
    :return: bytes; the envelope of the bus and of the websocket comes on top of it
    :rtype: int
    """
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
    return len(text.encode())


def count_delivered(dbname, notification_type, model, size, times=1):
    """
    :param str dbname:
    :param str notification_type:
    :param str model:
    :param int size: bytes; 0 if the recipient is told nothing
    :param int times: how many got the same
    """
    if size:
        figures = {
            names.DELIVERED: {model: times},
            names.BYTES: {model: size * times},
        }
        flusher.add(dbname, figures)
    elif notification_type != PRESENCE:
        # of presence, what has expired or did not move is not told either
        flusher.add(dbname, {names.FILTERED: {model: times}})


def count_poll(dbname):
    """A browser without a websocket has asked.

    :param str dbname:
    """
    flusher.add(dbname, {names.POLLS: {"": 1}})
