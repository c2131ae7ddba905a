"""Real websockets, and a look at who served them."""

import json
import queue
from unittest.mock import patch

from odoo import http

from odoo.addons.amanat_realtime.fanout import batch
from odoo.addons.amanat_realtime.fanout.worker import worker
from odoo.addons.bus.tests.common import WebsocketCase

from .common import RealtimeMixin

MODEL = "amanat.test.realtime"


class FanoutCase(RealtimeMixin, WebsocketCase):
    def setUp(self):
        super().setUp()
        self.watch()
        worker._rests.clear()
        # what came of each attempt to send something past the thread of a socket
        self.shared = queue.Queue()
        send = batch.send

        def spy(websocket, row_ids, frame_of):
            done = send(websocket, row_ids, frame_of)
            self.shared.put(done)
            return done

        self.startPatcher(patch.object(batch, "send", spy))
        self.record = self.env[MODEL].create({"name": "Watched"})
        self.commit()

    def follow(self, user=None, channels=None, last=None, **options):
        """Open a websocket of a user (or of nobody).

        :param int last: id of the row that it has seen; by default, the newest
        """
        # that of another one would be ended
        self.session = None
        self.authenticate(user and user.login, user and user.login)
        connection = self.websocket_connect(cookie=f"session_id={self.session.sid}")
        names = channels or [f"amanat_realtime:{MODEL}"]
        position = self.bus_position() if last is None else last
        self.subscribe(connection, names, position, **options)
        return connection

    def change(self, **values):
        """Change the record, and wake everybody up who follows it."""
        self.record.write(values)
        self.commit()
        self.trigger_notification_dispatching([self.channel()])

    def send(self, channel, content):
        self.env["bus.bus"]._sendone(channel, "test", content)
        self.trigger_notification_dispatching([channel])

    def payloads(self, connection):
        """Return what the next frame holds."""
        return [n["message"]["payload"] for n in json.loads(connection.recv())]

    def assertShared(self, times):
        """Assert how many frames were sent past the threads of the sockets."""
        sent = [self.shared.get(timeout=10) for _frame in range(times)]
        self.assertEqual(sent, [True] * times)
        self.assertTrue(self.shared.empty())

    def log_out(self):
        """End the session of the socket that was opened last."""
        http.root.session_store.delete(self.session)
