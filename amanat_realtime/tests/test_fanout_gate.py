"""Promise: whoever writes to a websocket, its frames stay whole and in order, and the
account of what was sent, which is core's, stays right.
"""

import socket
import threading
import time
from types import SimpleNamespace
from unittest.mock import Mock, patch

from odoo.tests import BaseCase

from odoo.addons.amanat_realtime.fanout import gate
from odoo.addons.bus.websocket import ConnectionState, Websocket


class TestGate(BaseCase):
    def setUp(self):
        super().setUp()
        ours, self.theirs = socket.socketpair()
        self.addCleanup(ours.close)
        self.addCleanup(self.theirs.close)
        self.theirs.settimeout(5)
        self.websocket = self.new_websocket(ours)

    def new_websocket(self, connection):
        return SimpleNamespace(
            state=ConnectionState.OPEN,
            MAX_NOTIFICATION_HISTORY_SEC=Websocket.MAX_NOTIFICATION_HISTORY_SEC,
            _Websocket__socket=connection,
            _last_notif_sent_id=10,
            _notif_history=[],
            _timeout_manager=Mock(),
            _waiting_for_dispatch=False,
        )

    def send(self, row_ids, frame=b"frame"):
        return gate.send(self.websocket, row_ids, lambda ids: frame)

    def history(self):
        return [row_id for row_id, _sent in self.websocket._notif_history]

    def test_sent(self):
        self.assertTrue(self.send([12, 11]))
        self.assertEqual(self.theirs.recv(100), b"frame")
        self.assertEqual(self.history(), [11, 12])
        self.websocket._timeout_manager.acknowledge_frame_sent.assert_called_once()

    def test_only_what_is_missing(self):
        self.send([12])
        asked = []

        def frame_of(row_ids):
            asked.extend(row_ids)
            return b"frame"

        gate.send(self.websocket, [9, 10, 11, 12, 13], frame_of)
        self.assertEqual(asked, [11, 13])
        self.assertEqual(self.history(), [11, 12, 13])

    def test_nothing_is_missing(self):
        self.send([12])
        self.theirs.recv(100)
        self.assertTrue(self.send([12]))
        self.theirs.setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.theirs.recv(100)

    def test_history_is_trimmed_up_to_the_first_row_that_is_recent(self):
        old = time.time() - Websocket.MAX_NOTIFICATION_HISTORY_SEC - 1
        now = time.time()
        self.websocket._notif_history = [(11, old), (12, old), (13, now), (14, old)]
        self.assertEqual(gate.position_of(self.websocket), 12)
        self.send([15])
        self.assertEqual(self.websocket._last_notif_sent_id, 12)
        self.assertEqual(self.history(), [13, 14, 15])

    def test_history_is_shared_by_sockets(self):
        other = self.new_websocket(self.websocket._Websocket__socket)
        with patch.object(gate.time, "time", return_value=1000.5):
            for websocket in (self.websocket, other):
                # as read from the database each time
                rows = [int("1000"), int("1001")]
                gate.send(websocket, rows, lambda ids: b"frame")
        for one, same in zip(
            self.websocket._notif_history, other._notif_history, strict=True
        ):
            self.assertIs(one, same)

    def test_history_is_kept_as_long_as_core_does(self):
        with patch.object(gate.time, "time") as now:
            now.return_value = 1000.5
            self.send([11])
            now.return_value += Websocket.MAX_NOTIFICATION_HISTORY_SEC
            self.send([12])
            self.assertEqual(self.history(), [11, 12])
            now.return_value += 1
            self.send([13])
        self.assertEqual(self.history(), [12, 13])
        self.assertEqual(self.websocket._last_notif_sent_id, 11)

    def test_a_closed_socket_is_done_with(self):
        self.websocket.state = ConnectionState.CLOSING
        self.assertTrue(self.send([11]))
        self.assertEqual(self.history(), [])

    def test_its_own_thread_is_about_to_look(self):
        self.websocket._waiting_for_dispatch = True
        self.assertFalse(self.send([11]))
        self.assertEqual(self.history(), [])

    def test_its_own_thread_is_sending(self):
        entered, leave = threading.Event(), threading.Event()

        def own():
            with gate.own_thread(self.websocket):
                entered.set()
                leave.wait(5)

        thread = threading.Thread(target=own)
        thread.start()
        self.assertTrue(entered.wait(5))
        self.assertFalse(self.send([11]))
        leave.set()
        thread.join(5)
        self.assertTrue(self.send([11]))

    def test_a_frame_that_does_not_fit_is_finished_by_its_own_thread(self):
        frame = bytes(range(256)) * 40_000
        self.assertFalse(self.send([11], frame))
        # until then nobody comes in between
        self.assertFalse(self.send([12], b"in between"))
        got = bytearray()

        def read():
            while len(got) < len(frame) + 3:
                got.extend(self.theirs.recv(1 << 20))

        reader = threading.Thread(target=read)
        reader.start()
        with gate.own_thread(self.websocket):
            self.websocket._Websocket__socket.sendall(b"end")
        reader.join(5)
        self.assertEqual(bytes(got), frame + b"end")
        self.assertEqual(self.history(), [11])

    def test_a_socket_with_a_timeout_is_not_waited_for(self):
        self.websocket._Websocket__socket.settimeout(60)
        self.assertFalse(self.send([11], b"x" * 10_000_000))
        begin = time.monotonic()
        gate.gate_of(self.websocket).rest = b""
        # not a byte of space is left
        self.assertFalse(self.send([12]))
        self.assertLess(time.monotonic() - begin, 30)
        self.assertEqual(self.history(), [11])

    def test_a_broken_connection_is_told(self):
        self.theirs.close()
        with self.assertRaises(OSError):
            self.send([11])
        # the lock is free again
        with patch.object(self.websocket, "state", ConnectionState.CLOSED):
            self.assertTrue(self.send([11]))

    def test_lengths_of_frames(self):
        for length, header in (
            (0, b"\x81\x00"),
            (125, b"\x81\x7d"),
            (126, b"\x81\x7e\x00\x7e"),
            (65535, b"\x81\x7e\xff\xff"),
            (65536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
        ):
            with self.subTest(length=length):
                data = b"x" * length
                self.assertEqual(gate.text_frame(data), header + data)
