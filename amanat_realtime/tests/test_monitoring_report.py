"""Promise: managers see what all processes did, and switch models and everything on and
off; nobody else does.
"""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.amanat_realtime.activation.switches import is_enabled
from odoo.addons.amanat_realtime.monitoring import process, report, sockets
from odoo.addons.amanat_realtime.monitoring.samples import figures_of

from .monitoring_common import MANAGER, MODEL, MonitoringMixin


@tagged("post_install", "-at_install")
class TestMonitoringReport(MonitoringMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_user("rt_manager", groups=MANAGER)
        cls.ivan = cls.new_user("rt_ivan")

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM amanat_realtime_process")
        self.env.cr.execute("DELETE FROM amanat_realtime_minute")

    def monitor(self, user=None):
        return self.env["amanat.realtime.monitor"].with_user(user or self.manager)

    def report(self):
        return self.monitor().get_report()

    def row(self, found, model=MODEL):
        [row] = [row for row in found["models"] if row["model"] == model]
        return row

    def connected(self, **models):
        found = {"sockets": 3, "people": 2, "models": models}
        return patch(
            "odoo.addons.amanat_realtime.models.realtime_process.connections",
            return_value=found,
        )

    def test_nothing_happened(self):
        found = self.report()
        self.assertEqual(found["sockets"], 0)
        self.assertEqual(found["per_minute"]["messages"], 0)
        nothing = {"count": 0, "buckets": [], "p50": None, "p95": None, "p99": None}
        self.assertEqual(found["latency"], nothing)
        self.assertEqual(len(found["minutes"]), 60)
        self.assertEqual(found["evented"]["memory"], None)
        self.assertTrue(found["enabled"])
        row = self.row(found)
        self.assertEqual(
            row,
            {
                "model": MODEL,
                "name": self.env["ir.model"]._get(MODEL).name,
                "live": True,
                "views": 0,
                "people": 0,
                "messages": 0,
            },
        )

    def test_figures(self):
        figures = {
            "messages": {MODEL: 5},
            "delivered": {MODEL: 10},
            "bytes": {MODEL: 3000},
            "refreshes": {MODEL: 1},
            "filtered": {MODEL: 2},
            "coalesced": {MODEL: 7},
            "polls": {"": 4},
        }
        # half a minute is over: what was a minute ago counts half
        now = fields.Datetime.now().replace(second=30)
        with (
            self.connected(**{MODEL: [4, 2]}),
            patch.object(fields.Datetime, "now", return_value=now),
        ):
            for name in ("a:1:1", "a:2:1"):
                with patch.object(process, "name", return_value=name):
                    self.note(figures)
            self.env.cr.execute(
                """ UPDATE amanat_realtime_minute SET minute = minute - interval '1 min'
                     WHERE process = 'a:1:1' """
            )
            found = self.report()
        self.assertEqual(
            found["per_minute"],
            {"messages": 7.5, "delivered": 15, "bytes": 4500, "polls": 6},
        )
        self.assertEqual(found["last_hour"]["refreshes"], 2)
        self.assertEqual(found["last_hour"]["filtered"], 4)
        self.assertEqual(found["last_hour"]["coalesced"], 14)
        self.assertEqual([m["messages"] for m in found["minutes"][-3:]], [0, 5, 5])
        self.assertEqual((found["sockets"], found["people"]), (6, 4))
        row = self.row(found)
        self.assertEqual((row["views"], row["people"], row["messages"]), (8, 4, 7.5))
        self.assertEqual(len(found["processes"]), 2)
        self.assertGreater(found["evented"]["memory"], 0)

    def test_what_is_older_than_an_hour(self):
        self.note({"filtered": {MODEL: 2}})
        self.env.cr.execute(
            "UPDATE amanat_realtime_minute SET minute = minute - interval '61 min'"
        )
        self.assertEqual(self.report()["last_hour"]["filtered"], 0)

    def test_a_process_whose_clock_is_ahead(self):
        self.note({"filtered": {MODEL: 2}})
        self.env.cr.execute(
            "UPDATE amanat_realtime_minute SET minute = minute + interval '2 min'"
        )
        self.assertEqual(self.report()["last_hour"]["filtered"], 2)

    def test_latency(self):
        self.note(figures_of([20.0] * 90 + [700.0] * 9 + [3000.0]))
        latency = self.report()["latency"]
        self.assertEqual(latency["count"], 100)
        self.assertTrue(16 < latency["p50"] <= 20)
        self.assertTrue(630 < latency["p95"] <= 800)
        self.assertTrue(630 < latency["p99"] <= 800)
        self.assertEqual(latency["buckets"][0], [16, 20, 90])
        self.assertEqual(latency["buckets"][-1], [2500, 3150, 1])
        self.assertEqual(sum(count for _low, _high, count in latency["buckets"]), 100)

    def test_websockets_that_cannot_be_counted(self):
        with patch(
            "odoo.addons.amanat_realtime.models.realtime_process.connections",
            return_value=None,
        ):
            self.note({})
        found = self.report()
        self.assertIsNone(found["sockets"])
        self.assertIsNone(found["people"])
        row = self.row(found)
        self.assertIsNone(row["views"])
        self.assertIsNone(row["people"])

    def test_nobody_is_named(self):
        db = self.env.cr.dbname
        with patch.object(sockets, "_open_sockets") as opened:
            opened.return_value = [(self.ivan.id, {(db, "amanat_realtime", MODEL)})]
            self.note({})
        self.env.cr.execute("SELECT state::text FROM amanat_realtime_process")
        [[state]] = self.env.cr.fetchall()
        self.assertIn(MODEL, state)
        self.assertNotRegex(state, rf"\b{self.ivan.id}\b|uid|user")
        self.assertNotIn("rt_ivan", str(self.report()))

    def test_table_of_the_bus(self):
        rows = self.env["bus.bus"].sudo().search_count([])
        bus = self.report()["bus"]
        self.assertEqual((bus["rows"], bus["exact"]), (rows, True))
        self.assertGreater(bus["bytes"], 0)
        self.env["bus.bus"].sudo().create([{"channel": "x", "message": "1"}] * 5)
        with patch.object(report, "COUNTED_ROWS", 3):
            bus = self.report()["bus"]
        self.assertFalse(bus["exact"])
        self.assertGreaterEqual(bus["rows"], 3)

    def test_switch_of_a_model(self):
        self.monitor().set_live(MODEL, False)
        self.assertFalse(self.row(self.report())["live"])
        self.monitor().set_live(MODEL, True)
        self.assertTrue(self.row(self.report())["live"])

    def test_switch_of_everything(self):
        self.monitor().set_enabled(False)
        self.assertFalse(is_enabled(self.env))
        self.assertFalse(self.report()["enabled"])
        self.monitor().set_enabled(True)
        self.assertTrue(is_enabled(self.env))

    def test_no_such_model(self):
        for name in ("no.such.model", 7, None, ["x"]):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.monitor().set_live(name, False)

    def test_forbidden(self):
        portal = self.new_user("rt_portal", groups="base.group_portal")
        for user in (self.ivan, portal, self.env.ref("base.public_user")):
            monitor = self.monitor(user)
            for call in (
                monitor.get_report,
                lambda monitor=monitor: monitor.set_live(MODEL, False),
                lambda monitor=monitor: monitor.set_live("no.such.model", False),
                lambda monitor=monitor: monitor.set_enabled(False),
                lambda user=user: self.env["amanat.realtime.minute"]
                .with_user(user)
                .search([]),
                lambda user=user: self.env["amanat.realtime.process"]
                .with_user(user)
                .search([]),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        self.assertTrue(is_enabled(self.env))

    def test_managers_do_not_forge_figures(self):
        for model in ("amanat.realtime.minute", "amanat.realtime.process"):
            table = self.env[model].with_user(self.manager)
            with self.assertRaises(AccessError):
                table.create({})

    def test_menu(self):
        menu = self.env.ref("amanat_realtime.menu_monitoring")
        menus = self.env["ir.ui.menu"]
        self.assertIn(menu.id, menus.with_user(self.manager)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(self.ivan)._visible_menu_ids())

    def test_message_says_when_it_was_written(self):
        self.watch()
        record = self.env[MODEL].create({"name": "One"})
        began = self.env.cr.now()
        # as if the transaction had begun long ago
        with patch.object(
            type(self.env.cr), "now", return_value=began - timedelta(minutes=9)
        ):
            record.quantity = 5
            [row] = self.commit()
        at = datetime.fromisoformat(row["at"].removesuffix("Z"))
        self.assertLess(abs(at - fields.Datetime.now()), timedelta(minutes=1))
