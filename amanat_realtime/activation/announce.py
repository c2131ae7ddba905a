"""Telling all workers and browsers that it has changed what is live."""

from functools import partial

from odoo import SUPERUSER_ID, api

from ..recording.guard import never_break
from ..wire import SETTINGS

KEY = "amanat_realtime.announced"


def announce(env):
    """Have browsers ask for their settings again once this transaction is committed.
    The message says no more than that: what one may know differs from person to person.

    :param Environment env:
    """
    data = env.cr.postcommit.data
    if env.registry.ready and KEY not in data:
        data[KEY] = True
        env.cr.postcommit.add(partial(_announce, env.registry))


def _announce(registry):
    with never_break("announce new settings"), registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        # what another thread has read, or set up again, before the commit
        registry.clear_cache("stable")
        env["amanat.realtime.model"]._sync()
        # first: a browser may ask a worker that has not heard of it
        registry.signal_changes()
        # each browser listens on the groups of its user
        env.ref("base.group_user")._bus_send(SETTINGS, {})
