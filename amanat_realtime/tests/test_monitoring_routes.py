"""Promise: the routes of monitoring take what they should, give managers and those who
have the key the figures, and refuse everybody and everything else with a clear error.
"""

import json
import math
import time

from prometheus_client.parser import text_string_to_metric_families

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.controllers.monitoring import buckets
from odoo.addons.amanat_realtime.monitoring import key, samples
from odoo.addons.amanat_realtime.monitoring.histogram import bucket_of

from .monitoring_common import MANAGER, MODEL, MonitoringMixin

SAMPLES = "/amanat_realtime/samples"
JSON = "/amanat_realtime/metrics.json"
TEXT = "/amanat_realtime/metrics"


@tagged("post_install", "-at_install")
class TestMonitoringRoutes(MonitoringMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan = new_test_user(cls.env, "rt_ivan", name="Ivan")
        new_test_user(cls.env, "rt_manager", groups=MANAGER)
        new_test_user(cls.env, "rt_portal", groups="base.group_portal")

    def setUp(self):
        super().setUp()
        buckets.clear()
        self.env.cr.execute("DELETE FROM amanat_realtime_process")
        self.env.cr.execute("DELETE FROM amanat_realtime_minute")
        self.authenticate("rt_ivan", "rt_ivan")
        self.counted()
        self.addCleanup(self.counted)

    def set_param(self, name, value):
        self.env["ir.config_parameter"].set_param(name, value)

    def send(self, body):
        headers = {"Content-Type": "application/json"}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_http"):
            return self.url_open(SAMPLES, data=body, headers=headers).json()

    def report(self, values):
        params = {"values": values}
        return self.send(
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        )

    def error(self, answer):
        self.assertNotIn("result", answer)
        data = answer["error"]["data"]
        return data["name"].rpartition(".")[2], data["message"]

    def scrape(self, authorization=None):
        # nobody is logged in where this comes from
        self.authenticate(None, None)
        headers = {"Authorization": authorization} if authorization else {}
        return self.url_open(TEXT, headers=headers)

    # ------------------------------------------------------------
    # Samples
    # ------------------------------------------------------------

    def test_samples(self):
        answer = self.report([26, 26.4, 700])["result"]
        self.assertTrue(answer["enabled"])
        self.assertLess(abs(answer["now"] / 1000 - time.time()), 60)
        expected = {str(bucket_of(26)): 2, str(bucket_of(700)): 1}
        counted = self.counted()
        self.assertEqual(counted["latency"], expected)
        self.assertAlmostEqual(counted["latency_sum"][""], 752.4)

    def test_just_the_time(self):
        self.assertIn("now", self.report([])["result"])
        self.assertEqual(self.counted(), {})

    def test_malformed(self):
        no_number = "no number from 0 to 100000"
        for values, reason in (
            (None, "not a list"),
            ({}, "not a list"),
            ("26", "not a list"),
            ([1] * (samples.MAX_SAMPLES + 1), "more than 100"),
            (["26"], no_number),
            ([True], no_number),
            ([None], no_number),
            ([[]], no_number),
            ([-0.1], no_number),
            ([100_000.1], no_number),
            ([10**400], no_number),
            ([math.nan], no_number),
            ([math.inf], no_number),
            ([26, "x"], no_number),
        ):
            with self.subTest(values):
                buckets.clear()
                name, message = self.error(self.report(values))
                self.assertEqual(name, "ValidationError")
                self.assertIn(reason, message)
        self.assertEqual(self.counted(), {})

    def test_too_large(self):
        name, _message = self.error(self.report([0.123456789] * 1000))
        self.assertEqual(name, "RequestEntityTooLarge")

    def test_flood(self):
        answers = [self.report([1]) for _ in range(30)]
        refused = [answer for answer in answers if "error" in answer]
        self.assertTrue(refused)
        self.assertEqual(self.error(refused[0])[0], "RealtimeThrottledError")
        self.assertIn("result", answers[19])
        taken = len(answers) - len(refused)
        self.assertEqual(sum(self.counted()["latency"].values()), taken)

    def test_switched_off(self):
        self.set_param(samples.PARAMETER, "False")
        self.assertEqual(self.report([26])["result"]["enabled"], False)
        self.assertEqual(self.counted(), {})

    def test_samples_of_others(self):
        self.authenticate("rt_portal", "rt_portal")
        self.assertEqual(self.error(self.report([1]))[0], "AccessError")
        self.authenticate(None, None)
        self.assertEqual(self.error(self.report([1]))[0], "SessionExpiredException")
        self.assertEqual(self.counted(), {})

    def test_browsers_know_whether_to_measure(self):
        for value, expected in (("True", True), ("False", False)):
            self.set_param(samples.PARAMETER, value)
            page = self.url_open("/web/session/get_session_info", data="{}", headers={
                "Content-Type": "application/json"
            })  # fmt: skip
            info = page.json()["result"]["amanat_realtime"]
            self.assertIs(info["samples"], expected)

    def test_polls_are_counted(self):
        params = {"channels": [], "last": 0, "is_first_poll": True}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        self.url_open("/websocket/peek_notifications", data=body, headers=headers)
        self.assertEqual(self.counted(), {"polls": {"": 1}})

    # ------------------------------------------------------------
    # JSON
    # ------------------------------------------------------------

    def test_json(self):
        self.note({"messages": {MODEL: 3}})
        self.authenticate("rt_manager", "rt_manager")
        answer = self.url_open(JSON)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        found = answer.json()
        self.assertEqual(sum(minute["messages"] for minute in found["minutes"]), 3)
        self.authenticate("admin", "admin")
        self.assertEqual(self.url_open(JSON).status_code, 200)

    def test_json_of_others(self):
        for login in ("rt_ivan", "rt_portal", None):
            with self.subTest(login):
                self.authenticate(login, login)
                answer = self.url_open(JSON)
                self.assertEqual(answer.status_code, 403)
                self.assertEqual(list(answer.json()), ["error"])

    # ------------------------------------------------------------
    # Prometheus
    # ------------------------------------------------------------

    def test_off_without_a_key(self):
        for authorization in (None, "Bearer ", "Bearer x"):
            self.assertEqual(self.scrape(authorization).status_code, 404)

    def test_wrong_key(self):
        self.set_param(key.PARAMETER, "secret")
        for authorization in (
            None,
            "secret",
            "Bearer",
            "Bearer ",
            "Bearer secre",
            "Bearer secrets",
            "Bearer secret x",
            "Basic secret",
            "Bearer sécret".encode(),
        ):
            with self.subTest(authorization):
                answer = self.scrape(authorization)
                self.assertEqual(answer.status_code, 401)
                self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")
                self.assertEqual(answer.text, "")
        # nor does being somebody help
        self.authenticate("admin", "admin")
        self.assertEqual(self.url_open(TEXT).status_code, 401)

    def test_metrics(self):
        self.set_param(key.PARAMETER, "secret")
        self.note(
            {
                "messages": {MODEL: 3, "res.partner": 1},
                "bytes": {MODEL: 700},
                "polls": {"": 2},
                **samples.figures_of([20.0, 20.0, 700.0]),
            }
        )
        for authorization in ("Bearer secret", "bearer  secret "):
            answer = self.scrape(authorization)
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8"
        )
        families = {f.name: f for f in text_string_to_metric_families(answer.text)}
        found = {
            (sample.name, *sample.labels.values()): sample.value
            for family in families.values()
            for sample in family.samples
        }
        self.assertEqual(found["amanat_realtime_messages_total", MODEL], 3)
        self.assertEqual(found["amanat_realtime_messages_total", "res.partner"], 1)
        self.assertEqual(found["amanat_realtime_delivered_bytes_total", MODEL], 700)
        self.assertEqual(found["amanat_realtime_polls_total",], 2)
        self.assertEqual(found["amanat_realtime_websockets",], 0)
        self.assertEqual(found["amanat_realtime_enabled",], 1)
        self.assertGreater(found["amanat_realtime_bus_bytes",], 0)
        self.assertGreater(found["amanat_realtime_evented_memory_bytes",], 0)
        latency = "amanat_realtime_latency_seconds"
        self.assertEqual(families[latency].type, "histogram")
        self.assertEqual(found[f"{latency}_bucket", "0.016"], 0)
        self.assertEqual(found[f"{latency}_bucket", "0.02"], 2)
        self.assertEqual(found[f"{latency}_bucket", "0.8"], 3)
        self.assertEqual(found[f"{latency}_bucket", "+Inf"], 3)
        self.assertEqual(found[f"{latency}_count",], 3)
        self.assertAlmostEqual(found[f"{latency}_sum",], 0.74)
        labels = {
            label
            for family in families.values()
            for sample in family.samples
            for label in sample.labels
        }
        self.assertEqual(labels, {"model", "le"})
        self.assertTrue(all(f.documentation for f in families.values()))

    def test_metrics_are_read_only(self):
        self.set_param(key.PARAMETER, "secret")
        headers = {"Authorization": "Bearer secret"}
        answer = self.url_open(TEXT, data={"x": "1"}, headers=headers)
        self.assertEqual(answer.status_code, 405)
