"""Promise: whoever listens is woken up after a commit, in one message per transaction,
whatever became of the connection meanwhile.
"""

import json
import select
from contextlib import closing
from unittest.mock import patch

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.recording import wake_up
from odoo.addons.amanat_realtime.recording.publish import insert_row
from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION


@tagged("post_install", "-at_install")
class TestWakeUp(TransactionCase):
    def setUp(self):
        super().setUp()
        if ODOO_NOTIFY_FUNCTION != "pg_notify":
            self.skipTest("nobody can listen to that function")
        self.notifier = wake_up.Notifier()
        self.startPatcher(patch.object(wake_up, "notifier", self.notifier))
        self.listener = self.connect()
        with self.listener.cursor() as cr:
            cr.execute("LISTEN imbus")

    def connect(self):
        connection = psycopg2.connect(**connection_info_for("postgres")[1])
        connection.autocommit = True
        self.enterContext(closing(connection))
        return connection

    def heard(self, mark):
        """Return the messages up to the one that holds a mark."""
        messages = []
        while True:
            ready, _w, _x = select.select([self.listener], [], [], 10)
            self.assertTrue(ready, f"heard only {messages}")
            self.listener.poll()
            while self.listener.notifies:
                channels = json.loads(self.listener.notifies.pop(0).payload)
                # other databases of the server are heard as well
                ours = [c[1:] for c in channels if c[0] == self.env.cr.dbname]
                if ours:
                    messages.append(ours)
                if [mark] in ours:
                    return messages

    def send(self, name):
        self.env["bus.bus"]._sendone(name, "test", {})

    def commit(self):
        self.env.cr.precommit.run()
        self.env.cr.postcommit.run()

    def test_after_the_commit_and_not_before(self):
        self.send("first")
        self.env.cr.precommit.run()
        self.notifier.notify([json.dumps([[self.env.cr.dbname, "before"]])])
        self.env.cr.postcommit.run()
        self.assertEqual(self.heard("first"), [[["before"]], [["first"]]])

    def test_one_message_whoever_sends(self):
        dbname = self.env.cr.dbname
        insert_row(self.env, (dbname, "ours"), "test", {})
        self.send("core's")
        self.commit()
        self.assertEqual(self.heard("ours"), [[["ours"], ["core's"]]])

    def test_what_core_has_prepared_is_told_too(self):
        self.send("core's")
        insert_row(self.env, (self.env.cr.dbname, "ours"), "test", {})
        self.commit()
        self.assertEqual(self.heard("ours"), [[["core's"], ["ours"]]])

    def test_nothing_after_a_rollback(self):
        self.send("gone")
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self.send("next")
        self.commit()
        self.assertEqual(self.heard("next"), [[["next"]]])

    def test_very_many_channels(self):
        names = [f"channel {'x' * 100} {number}" for number in range(200)]
        for name in names:
            self.send(name)
        with mute_logger("odoo.addons.bus.models.bus"):
            self.commit()
        messages = self.heard(names[-1])
        self.assertGreater(len(messages), 1)
        self.assertEqual([c[0] for message in messages for c in message], names)

    def test_the_connection_is_kept(self):
        self.send("one")
        self.commit()
        kept = self.notifier._connection
        self.send("two")
        self.commit()
        self.assertIs(self.notifier._connection, kept)
        self.assertEqual(self.heard("two"), [[["one"]], [["two"]]])

    def test_a_lost_connection_is_made_again(self):
        self.send("one")
        self.commit()
        pid = self.notifier._connection.info.backend_pid
        with self.connect().cursor() as cr:
            cr.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
            self.assertEqual(cr.fetchone(), (True,))
        self.send("two")
        self.commit()
        self.assertEqual(self.heard("two"), [[["one"]], [["two"]]])

    def test_no_connection_at_all(self):
        self.send("one")
        with (
            patch.object(psycopg2, "connect", side_effect=psycopg2.OperationalError),
            self.assertLogs(wake_up.__name__, "ERROR"),
        ):
            # it is committed: nobody must be told that it was not
            self.commit()
        self.send("two")
        self.commit()
        self.assertEqual(self.heard("two"), [[["two"]]])
