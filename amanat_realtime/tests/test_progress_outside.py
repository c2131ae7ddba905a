"""Promise: progress shows while the work runs, outlives its rollback, and neither waits
for it nor makes it wait.
"""

import time
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.exceptions import ProgressCancelled
from odoo.addons.amanat_realtime.progress import outside, pace

from .test_progress import LEDGER_LOG, MODEL

EMPTY = "The file is empty."


@tagged("post_install", "-at_install")
class TestProgressOutside(BaseCase):
    """On real transactions; what is committed is removed."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.registry.reset_changes)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.last_row = env["bus.bus"]._bus_last_id()
            user = env.ref("base.user_admin")
            self.user_id, self.partner_id = user.id, user.partner_id.id
            self.first_id = env[MODEL].search([], limit=1).id
        self.addCleanup(self.remove)
        # each step is told
        self.startPatcher(patch.object(pace, "INTERVAL", 0))
        self.startPatcher(patch.object(pace, "_REST", 0))

    def remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env[MODEL].search([("id", ">", self.first_id or 0)]).unlink()
            env["bus.bus"].search([("id", ">", self.last_row)]).unlink()

    def stored(self):
        """Return what somebody else sees: state and items done."""
        with self.registry.cursor() as cr:
            cr.execute(
                """ SELECT state, done FROM amanat_realtime_progress
                     WHERE id > %s ORDER BY id """,
                [self.first_id or 0],
            )
            return cr.fetchall()

    def cancel(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user_id, {})
            env[MODEL].search([]).cancel()

    def work(self, cr):
        env = api.Environment(cr, self.user_id, {})
        return env[MODEL].track("Import", 3)

    def test_it_shows_before_the_commit(self):
        with self.registry.cursor() as cr, self.work(cr) as step:
            self.assertEqual(self.stored(), [("running", 0)])
            step(2)
            self.assertEqual(self.stored(), [("running", 2)])
        self.assertEqual(self.stored(), [("done", 2)])

    def test_a_failure_outlives_the_rollback(self):
        def run():
            with self.registry.cursor() as cr, self.work(cr) as step:
                cr.execute(
                    "UPDATE res_partner SET ref = 'x' WHERE id = %s", [self.partner_id]
                )
                step(2)
                raise UserError(EMPTY)

        with self.assertRaises(UserError):
            run()
        self.assertEqual(self.stored(), [("failed", 2)])
        with self.registry.cursor() as cr:
            cr.execute("SELECT ref FROM res_partner WHERE id = %s", [self.partner_id])
            self.assertNotEqual(cr.fetchone(), ("x",))

    def test_what_was_not_stored_has_failed(self):
        with self.registry.cursor() as cr:
            with self.work(cr) as step:
                step(3)
            self.assertEqual(self.stored(), [("done", 3)])
            cr.rollback()
        self.assertEqual(self.stored(), [("failed", 3)])

    def test_what_was_stored_has_not(self):
        with self.registry.cursor() as cr:
            with self.work(cr) as step:
                step(3)
            cr.commit()
            cr.rollback()
        self.assertEqual(self.stored(), [("done", 3)])

    def test_a_work_that_commits_and_rolls_back_as_it_goes(self):
        with self.registry.cursor() as cr:
            with self.work(cr) as step:
                step()
                cr.commit()
                step()
                cr.rollback()
                self.assertEqual(self.stored(), [("running", 2)])
                step()
                cr.commit()
            cr.commit()
        self.assertEqual(self.stored(), [("done", 3)])

    def test_without_with_a_rollback_ends_it(self):
        def run():
            with self.registry.cursor() as cr:
                self.work(cr).start()
                raise UserError(EMPTY)

        with self.assertRaises(UserError):
            run()
        self.assertEqual(self.stored(), [("failed", 0)])

    def test_without_with_after_a_commit(self):
        with self.registry.cursor() as cr:
            step = self.work(cr).start()
            cr.commit()
            step()
            cr.rollback()
            self.assertEqual(self.stored(), [("failed", 1)])

    def test_cancelled_from_elsewhere(self):
        def run():
            with self.registry.cursor() as cr, self.work(cr) as step:
                step()
                self.cancel()
                step()

        with self.assertRaises(ProgressCancelled):
            run()
        self.assertEqual(self.stored(), [("cancelled", 2)])

    def test_locks_of_the_work_are_not_waited_for(self):
        """A row of ours refers to the user, whom the work has locked."""
        self.startPatcher(patch.object(outside, "_LOCK_TIMEOUT", "50ms"))
        begin = time.monotonic()
        with (
            mute_logger(LEDGER_LOG, "odoo.sql_db"),
            self.registry.cursor() as cr,
        ):
            cr.execute(
                "SELECT id FROM res_users WHERE id = %s FOR UPDATE", [self.user_id]
            )
            with self.work(cr) as step:
                step()
                self.assertEqual(self.stored(), [])
                cr.commit()
                step()
                self.assertEqual(self.stored(), [("running", 2)])
        self.assertLess(time.monotonic() - begin, 10)
