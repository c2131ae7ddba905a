"""Changes of models that nobody watched, as far as their transaction could see.

It sees what was committed when it began. Somebody who has begun to watch since then is
not told of its changes, and has read the model before they were committed. So a
transaction that took long asks once more, with other eyes. It does so after its commit:
whoever begins to watch later than that reads what it wrote, since the first watcher of
a model always reads twice.
"""

import logging
import time

from odoo.api import SUPERUSER_ID, Environment

from .refresh import publish_refresh

_logger = logging.getLogger(__name__)

AGE = "amanat_realtime.transaction_began"
UNWATCHED = "amanat_realtime.unwatched"
# Seconds. Between the first read of a model and the second one, in the same browser, a
# transaction shorter than this has come to its end: the browser waits for
# ``COLLECT_WINDOW`` at least, which must be longer.
SHORT = 0.05


def note_age(env, seconds):
    """Note how long ago a transaction began.

    :param Environment env:
    :param float seconds:
    """
    env.cr.postcommit.data.setdefault(AGE, time.monotonic() - seconds)


def note_unwatched(env, scope, watched):
    """Note that something changes of which some models are not told. This is in the
    path of every change: no SQL here.

    :param Environment env:
    :param frozenset[str] scope: models in whose views it may show
    :param set[str] watched: those of them that are told
    """
    data = env.cr.postcommit.data
    scopes = data.get(UNWATCHED)
    if scopes is None:
        scopes = data[UNWATCHED] = {}
        env.cr.postcommit.add(lambda: _ask_again(env))
    if scope not in scopes:
        # later, only more of them are watched
        scopes[scope] = set(scope) - watched


def forget_unwatched(env, names):
    """Models of whose changes somebody is told after all.

    :param Environment env:
    :param set[str] names:
    """
    for unwatched in env.cr.postcommit.data.get(UNWATCHED, {}).values():
        unwatched -= names


def _ask_again(env):
    """Have those read again who began to watch while a transaction was under way."""
    data = env.cr.postcommit.data
    scopes = data.pop(UNWATCHED, {})
    if not scopes or time.monotonic() - data.get(AGE, 0) < SHORT:
        return
    names = set().union(*scopes.values())
    if not names:
        return
    try:
        with env.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            publish_refresh(env, env["amanat.realtime.lease"]._watched(names))
    except Exception:
        # the change is committed: nobody must be told that it was not
        _logger.exception("Real-time: could not ask who watches %s", sorted(names))
