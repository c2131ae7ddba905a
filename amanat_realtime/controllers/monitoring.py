import time

from odoo import http
from odoo.exceptions import AccessError, ValidationError
from odoo.http import request

from ..exceptions import RealtimeThrottledError
from ..monitoring import samples
from ..monitoring.exposition import CONTENT_TYPE
from ..monitoring.flusher import flusher
from ..monitoring.key import is_right, key_of
from ..presence.token_bucket import TokenBuckets

# bytes; a larger one is refused by Odoo before it is read
MAX_BODY = 4 * 1024

# of all tabs of a session: each of them reports every ten seconds at most
buckets = TokenBuckets(burst=20, rate=1)


class MonitoringController(http.Controller):
    @http.route(
        "/amanat_realtime/samples",
        type="jsonrpc",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_BODY,
    )
    def samples(self, values=None, **_unknown):
        """Take what a browser has measured. Nothing is kept of who it was.

        :param list[float] values: milliseconds from a commit to the screen; none to
            just learn what time it is
        :return: ``now``: the server's time in milliseconds; ``enabled``: whether more
            is wanted
        :rtype: dict
        """
        env = request.env
        if not buckets.take(request.session.sid):
            raise RealtimeThrottledError(env._("Too many reports of measurements."))
        if not env.user._is_internal():
            raise AccessError(env._("Measurements are of internal users only."))
        try:
            parsed = samples.parse_values(values)
        except ValueError as error:
            message = env._("Malformed report of measurements: %s.", error)
            raise ValidationError(message) from error
        enabled = samples.is_enabled(env)
        if enabled and parsed:
            flusher.add(env.cr.dbname, samples.figures_of(parsed))
        return {"now": time.time() * 1000, "enabled": enabled}

    @http.route(
        "/amanat_realtime/metrics.json",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def metrics_json(self):
        """Return what the monitoring screen shows, to managers."""
        try:
            data = request.env["amanat.realtime.monitor"].get_report()
        except AccessError as error:
            return request.make_json_response({"error": str(error)}, status=403)
        return request.make_json_response(data, headers=_NOT_STORED)

    @http.route(
        "/amanat_realtime/metrics",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def metrics(self):
        """Return the figures in the text format of Prometheus, to who has the key."""
        key = key_of(request.env)
        if not key:
            raise request.not_found()
        if not is_right(key, request.httprequest.headers.get("Authorization", "")):
            headers = [("WWW-Authenticate", "Bearer")]
            return request.make_response("", headers=headers, status=401)
        text = request.env["amanat.realtime.monitor"].sudo()._metrics()
        headers = [*_NOT_STORED.items(), ("Content-Type", CONTENT_TYPE)]
        return request.make_response(text, headers=headers)


_NOT_STORED = {"Cache-Control": "no-store"}
