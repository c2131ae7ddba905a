"""Ending presence at once, when rights or switches change.

It is done after the commit, in a transaction of its own: tabs report all the time, and
a transaction that began before would fail on what they wrote since.
"""

import logging

from odoo import SUPERUSER_ID, api

from ..activation.classes import live_models
from .report import by_scope
from .tell import tell

_logger = logging.getLogger(__name__)

ENDED = "amanat_realtime.ended_presence"


def end_presence(env, *, user_ids=(), model_names=(), everywhere=False):
    """Remove people from where they are, and tell those who look. Whoever still may be
    there comes back with the next report of their browser.

    :param Environment env:
    :param Iterable[int] user_ids:
    :param Iterable[str] model_names:
    :param bool everywhere: all people, in all models
    """
    if not env.registry.ready:
        # modules are being installed, and nobody is there
        return
    model_names = live_models(env.registry).intersection(model_names)
    if not (user_ids or model_names or everywhere):
        return
    data = env.cr.postcommit.data
    if ENDED not in data:
        data[ENDED] = {"user_ids": set(), "model_names": set(), "everywhere": False}
        env.cr.postcommit.add(lambda: _end(env))
    data[ENDED]["user_ids"].update(user_ids)
    data[ENDED]["model_names"].update(model_names)
    data[ENDED]["everywhere"] |= everywhere


def _end(env):
    ended = env.cr.postcommit.data.pop(ENDED)
    try:
        with env.registry.cursor() as cr:
            _remove(api.Environment(cr, SUPERUSER_ID, {}), ended)
    except Exception:
        # what was changed is committed: nothing may run it again. Rows expire anyway
        _logger.exception("Real-time: could not end presence")


def _remove(env, ended):
    tabs = {}
    for uid, tab, place in env["amanat.realtime.presence"]._remove(**ended):
        tabs.setdefault((uid, tab), []).append(place)
    for (uid, tab), places in tabs.items():
        for scope, before in by_scope(places).items():
            tell(env, uid, tab, scope, before, [])
