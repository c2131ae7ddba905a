"""The door to one websocket, for those who are not its own thread.

Core has each socket written to by its own thread alone. Once others write to it, too,
frames must not be mixed, and no message may be sent twice: who sends holds the door.
Nobody but the thread of a socket ever waits here for a slow reader.
"""

import bisect
import math
import select
import socket
import threading
import time
from contextlib import contextmanager

from odoo.addons.bus.websocket import ConnectionState, Frame, Opcode

_FINAL_TEXT = 0x81
_SENT = Frame(Opcode.TEXT)


class Gate:
    """What is known of a websocket beside what core keeps."""

    __slots__ = ("is_subscribing", "lock", "rest", "verdict")

    def __init__(self):
        # its thread sends frames while it dispatches
        self.lock = threading.RLock()
        # of a frame that did not fit into the system's buffers; its thread sends it
        self.rest = b""
        # see sessions.py
        self.verdict = None
        self.is_subscribing = False


class Entries:
    """Makes entries of core's account of what was sent, the same ones for all sockets:
    those of some hundred rows, if each had its own, are a good part of what it takes.
    """

    def __init__(self):
        # sockets' threads are here, too: both change at once
        self._made = 0, {}

    def of(self, row_ids, now):
        """
        :param list[int] row_ids:
        :param float now:
        :return: ``(row id, time)`` of each
        :rtype: list[tuple[int, int]]
        """
        # the next full second, so that nothing is forgotten too early
        second = math.ceil(now)
        sent, entries = self._made
        if sent != second:
            sent, entries = self._made = second, {}
        return [entries.setdefault(id_, (id_, sent)) for id_ in row_ids]


_entries = Entries()


def gate_of(websocket):
    """
    :param Websocket websocket:
    :rtype: Gate
    """
    gate = websocket.__dict__.get("_amanat_realtime_gate")
    # sockets may be older than this addon; the first one to ask makes their gate
    return gate or websocket.__dict__.setdefault("_amanat_realtime_gate", Gate())


def text_frame(data):
    """Return a text frame of the server, RFC 6455, section 5.2.

    :param bytes data: UTF-8
    :rtype: bytes
    """
    length = len(data)
    if length < 126:
        return bytes((_FINAL_TEXT, length)) + data
    size = 2 if length < 2**16 else 8
    mark = 126 if size == 2 else 127
    return bytes((_FINAL_TEXT, mark)) + length.to_bytes(size, "big") + data


@contextmanager
def own_thread(websocket):
    """What the thread of a socket does while it writes to it.

    :param Websocket websocket:
    """
    gate = gate_of(websocket)
    with gate.lock:
        if gate.rest:
            rest, gate.rest = gate.rest, b""
            websocket._Websocket__socket.sendall(rest)
        yield


def is_missing(websocket, row_id):
    """Whether a socket has not been sent a row yet, by core's own account.

    :param Websocket websocket:
    :param int row_id:
    :rtype: bool
    """
    if row_id <= websocket._last_notif_sent_id:
        return False
    history = websocket._notif_history
    if not history or row_id > history[-1][0]:
        return True
    place = bisect.bisect_left(history, row_id, key=_row_id)
    return history[place][0] != row_id


def position_of(websocket):
    """Return the row from which on a socket may lack some.

    :param Websocket websocket:
    :return: id of the row; 0 if the socket has not been sent any
    :rtype: int
    """
    expired = _count_expired(websocket, time.time())
    if expired:
        return websocket._notif_history[expired - 1][0]
    return websocket._last_notif_sent_id


def send(websocket, row_ids, frame_of):
    """Send rows to a socket from another thread, unless its own has to do it.

    :param Websocket websocket:
    :param list[int] row_ids:
    :param frame_of: ``frame_of(row_ids)``: the frame that has these rows
    :type frame_of: Callable[[list[int]], bytes]
    :return: whether it is done
    :rtype: bool
    :raise OSError: the connection is broken
    """
    gate = gate_of(websocket)
    if not gate.lock.acquire(blocking=False):
        return False
    try:
        if websocket.state is not ConnectionState.OPEN:
            return True
        if gate.rest or websocket._waiting_for_dispatch:
            return False
        missing = [row_id for row_id in row_ids if is_missing(websocket, row_id)]
        if missing:
            frame = frame_of(missing)
            sent = _send_what_fits(websocket._Websocket__socket, frame)
            if not sent:
                return False
            _remember(websocket, missing)
            websocket._timeout_manager.acknowledge_frame_sent(_SENT)
            gate.rest = frame[sent:]
        return not gate.rest
    finally:
        gate.lock.release()


def _remember(websocket, row_ids):
    """Take rows into core's account of what was sent, and trim it as core does."""
    now = time.time()
    history = websocket._notif_history
    for entry in _entries.of(row_ids, now):
        bisect.insort(history, entry, key=_row_id)
    expired = _count_expired(websocket, now)
    if expired:
        websocket._last_notif_sent_id = history[expired - 1][0]
        del history[:expired]


def _count_expired(websocket, now):
    """How many rows were sent longer ago than core waits for late commits, up to the
    first one that was not.
    """
    oldest = now - websocket.MAX_NOTIFICATION_HISTORY_SEC
    count = 0
    for _id, sent in websocket._notif_history:
        if sent >= oldest:
            break
        count += 1
    return count


def _row_id(entry):
    return entry[0]


def _send_what_fits(connection, frame):
    """
    :return: number of bytes
    :rtype: int
    """
    # gevent's sockets wait by themselves; the one within never does
    raw = getattr(connection, "_sock", connection)
    if raw is connection:
        # with a timeout, Python would wait for space
        poll = select.poll()
        poll.register(raw, select.POLLOUT)
        if not poll.poll(0):
            return 0
    try:
        return raw.send(frame, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0
