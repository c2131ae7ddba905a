from odoo import http
from odoo.exceptions import AccessError, ValidationError
from odoo.http import request

from ..exceptions import RealtimeThrottledError
from ..presence import ask, report
from ..presence.take_report import take_report
from ..presence.token_bucket import buckets

# bytes; a larger one is refused by Odoo before it is read
MAX_BODY = 16 * 1024


def _route(path):
    return http.route(
        path, type="jsonrpc", auth="user", methods=["POST"], max_content_length=MAX_BODY
    )


class PresenceController(http.Controller):
    """Presence goes over HTTP: not every hosting lets websocket messages of browsers
    through to a database.
    """

    @_route("/amanat_realtime/presence")
    def presence(self, tab=None, number=None, places=None, **_unknown):
        """Say where a tab is, which is also its heartbeat, and get who else is there.

        :param str tab:
        :param int number: of this report of the tab, from 1
        :param list[dict] places: all of the tab; none if it leaves
        :rtype: dict
        """
        env = _env()
        tab = _parsed(report.parse_tab, tab)
        number = _parsed(report.parse_number, number)
        return take_report(env, tab, number, _parsed(report.parse_places, places))

    @_route("/amanat_realtime/presence/ask")
    def ask(self, **params):
        """Ask somebody who edits a field to let it go.

        :param params: ``tab``, ``to``, ``model``, ``id``, ``field``
        :rtype: dict
        """
        env = _env()
        ask.ask(env, _parsed(ask.parse_target, params))
        return {}

    @_route("/amanat_realtime/presence/answer")
    def answer(self, user=None, granted=None, **params):
        """Answer to who has asked.

        :param int user: who has asked
        :param bool granted:
        :param params: as in :meth:`ask`
        :rtype: dict
        """
        env = _env()
        target = _parsed(ask.parse_target, params)
        ask.answer(env, target, _parsed(report.parse_id, user), granted is True)
        return {}


def _env():
    """Return the environment of a person who may take part.

    :raise UserError: if not, or not so often
    """
    env = request.env
    if not buckets.take(request.session.sid):
        raise RealtimeThrottledError(env._("Too many presence reports."))
    if not env.user._is_internal():
        raise AccessError(env._("Presence is for internal users only."))
    return env


def _parsed(parse, value):
    try:
        return parse(value)
    except ValueError as error:
        message = request.env._("Malformed presence report: %s.", error)
        raise ValidationError(message) from error
