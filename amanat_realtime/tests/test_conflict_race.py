"""Promise: of saves that race, each either starts from what the one before it wrote, or
is told of the conflict; also where only relations change, which leave no mark in the
columns that are read.
"""

import random
import threading
import time
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.service import model
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.conflict.base import BASE
from odoo.addons.amanat_realtime.exceptions import RealtimeConflictError

from .real_transactions import RealTransactionsCase

MODEL = "amanat.test.realtime"
WORKERS = 2
SAVES = 12


@tagged("post_install", "-at_install")
class TestConflictRace(RealTransactionsCase):
    """On real transactions; what is committed is removed."""

    def setUp(self):
        super().setUp()
        # Odoo waits up to half a minute for its turn, and gives up after some tries
        clock = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds / 200))
        self.startPatcher(patch.object(model, "time", clock))
        self.startPatcher(patch.object(model, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 50))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.leases = env["amanat.realtime.lease"].search([])
            self.last_row = env["bus.bus"]._bus_last_id()
            tags = env["amanat.test.realtime.tag"].create(
                [{"name": f"rt race {number}"} for number in range(4)]
            )
            record = env[MODEL].create(
                {
                    "name": "Race",
                    "quantity": 0,
                    "line_ids": [Command.create({"name": "Line", "quantity": 0})],
                }
            )
            self.record_id, self.tag_ids = record.id, tags.ids
            self.line_id = record.line_ids.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].browse(self.record_id).exists().unlink()
            env["amanat.test.realtime.tag"].browse(self.tag_ids).unlink()
        with self.registry.cursor() as cr:
            # saves made Odoo expect somebody who watches
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["amanat.realtime.lease"].search(
                [("id", "not in", self.leases.ids)]
            ).unlink()
            env["bus.bus"].search([("id", ">", self.last_row)]).unlink()

    def save(self, vals, base, before=None):
        """Save as one request.

        :param Callable before: called once, when the transaction has its view of the
            data
        :return: what the error says; ``None`` if it was saved
        """
        todo = [before] if before else []

        def request():
            cr.execute("SELECT 1 FROM amanat_test_realtime LIMIT 1")
            if todo:
                todo.pop()()
            record = env[MODEL].browse(self.record_id)
            record = record.with_context(**{BASE: {str(self.record_id): base}})
            record.web_save(vals, {})

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            try:
                model.retrying(request, env)
            except RealtimeConflictError as error:
                cr.rollback()
                return error.conflicts
        return None

    def stored(self, name):
        with self.registry.cursor() as cr:
            return (
                api.Environment(cr, SUPERUSER_ID, {})[MODEL]
                .browse(self.record_id)
                .read([name], load=None)[0][name]
            )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_chain_of_saves(self):
        """Each writes a number of its own over the one that it saw last."""
        won, refused, failures = [], [], []
        lock, start = threading.Lock(), threading.Barrier(WORKERS)

        def work(number):
            seen = 0
            try:
                for turn in range(SAVES):
                    mine = 1000 * (number + 1) + turn
                    if turn == 0:
                        start.wait(30)
                    conflicts = self.save({"quantity": mine}, {"quantity": seen})
                    with lock:
                        if conflicts:
                            [conflict] = conflicts
                            refused.append((seen, mine, conflict["theirs"]))
                            seen = conflict["theirs"]
                        else:
                            won.append((seen, mine))
                            seen = mine
            except Exception as error:
                failures.append(error)

        threads = [
            threading.Thread(target=work, args=[n], daemon=True) for n in range(WORKERS)
        ]
        self.run_all(threads)
        self.assertEqual(failures, [])
        self.assertEqual(len(won) + len(refused), WORKERS * SAVES)
        self.assertTrue(won)
        self.assertTrue(refused, "nothing raced")
        # following the winners from the first value leads over all of them to the last
        after = dict(won)
        self.assertEqual(len(after), len(won), "two started from the same value")
        value, count = 0, 0
        while value in after:
            value, count = after[value], count + 1
        self.assertEqual(count, len(won))
        self.assertEqual(self.stored("quantity"), value)
        for base, _mine, theirs in refused:
            self.assertNotEqual(base, theirs)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_change_after_the_view_of_the_data_was_taken(self):
        other = {"quantity": 5}
        conflicts = self.save(
            {"quantity": 7},
            {"quantity": 0},
            before=lambda: self.assertIsNone(self.save(other, {"quantity": 0})),
        )
        self.assertEqual([c["theirs"] for c in conflicts], [5])
        self.assertEqual(self.stored("quantity"), 5)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_tags_added_after_the_view_of_the_data_was_taken(self):
        ours, theirs = self.tag_ids[:2]
        conflicts = self.save(
            {"tag_ids": [Command.set([ours])]},
            {"tag_ids": []},
            before=lambda: self.assertIsNone(
                self.save({"tag_ids": [Command.link(theirs)]}, {"tag_ids": []})
            ),
        )
        self.assertEqual([c["theirs"][0]["id"] for c in conflicts], [theirs])
        self.assertEqual(self.stored("tag_ids"), [theirs])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_tags_of_a_model_without_write_date(self):
        """Then nothing but the relation itself is written."""
        self.startPatcher(patch.object(self.registry[MODEL], "_log_access", False))
        self.test_tags_added_after_the_view_of_the_data_was_taken()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_conflict_that_is_over_by_now(self):
        """What a person is told of is what is stored, not what was a moment ago."""
        self.assertIsNone(self.save({"quantity": 5}, {"quantity": 0}))
        back = {"quantity": 0}
        conflicts = self.save(
            {"quantity": 7},
            {"quantity": 0},
            before=lambda: self.assertIsNone(self.save(back, {"quantity": 5})),
        )
        self.assertIsNone(conflicts)
        self.assertEqual(self.stored("quantity"), 7)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_line_deleted_after_the_view_of_the_data_was_taken(self):
        base = {"line_ids": {str(self.line_id): {"name": "Line"}}}
        conflicts = self.save(
            {"line_ids": [Command.update(self.line_id, {"name": "Mine"})]},
            base,
            before=lambda: self.assertIsNone(
                self.save({"line_ids": [Command.delete(self.line_id)]}, base)
            ),
        )
        self.assertEqual([c.get("deleted") for c in conflicts], [True])
        self.assertEqual(self.stored("line_ids"), [])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_line_changed_before_it_is_deleted(self):
        """Only the row of the line was changed, by code that knows nothing of bases."""

        def change():
            with self.registry.cursor() as cr:
                line = api.Environment(cr, SUPERUSER_ID, {})[MODEL + ".line"]
                line.browse(self.line_id).name = "Theirs"

        base = {"line_ids": {str(self.line_id): {"name": "Line"}}}
        conflicts = self.save(
            {"line_ids": [Command.delete(self.line_id)]}, base, before=change
        )
        self.assertEqual([c.get("removed") for c in conflicts], [True])
        self.assertEqual(self.stored("line_ids"), [self.line_id])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_lines_in_opposite_order(self):
        """Neither waits for the other for ever."""
        with self.registry.cursor() as cr:
            record = api.Environment(cr, SUPERUSER_ID, {})[MODEL].browse(self.record_id)
            record.line_ids = [Command.create({"name": str(n)}) for n in range(9)]
            ids = record.line_ids.ids
        failures, outcomes, start = [], [], threading.Barrier(2)

        def work(number, order):
            commands = [Command.update(i, {"name": f"by {number}"}) for i in order]
            names = {i: {"name": n} for i, n in self.names(order).items()}
            base = {"line_ids": {str(i): names[i] for i in order}}
            try:
                start.wait(30)
                outcomes.append(self.save({"line_ids": commands}, base))
            except Exception as error:
                failures.append(error)

        orders = (ids, random.Random(7).sample(ids, len(ids)))
        threads = [
            threading.Thread(target=work, args=a, daemon=True)
            for a in enumerate(orders)
        ]
        self.run_all(threads)
        self.assertEqual(failures, [])
        self.assertEqual(len(outcomes), 2)
        self.assertEqual(sum(outcome is None for outcome in outcomes), 1)
        self.assertEqual(len(set(self.names(ids).values())), 1)

    def run_all(self, threads):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertFalse([thread for thread in threads if thread.is_alive()])

    def names(self, ids):
        with self.registry.cursor() as cr:
            lines = api.Environment(cr, SUPERUSER_ID, {})[MODEL + ".line"].browse(ids)
            return {line.id: line.name for line in lines}
