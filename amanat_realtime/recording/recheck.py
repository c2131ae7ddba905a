"""Asking, a moment after a commit, whether somebody watches what nobody had watched.

A transaction sees what was committed when it began, and knows of leases no more than
that. Who has begun to watch since then is not told of its changes, and may have read
the model before they were committed. So it is asked once more, after the commit, with
other eyes, for all the transactions of a moment together, and where nobody waits for
it. Who begins to watch later than that reads what was written, for the first watcher of
a model always reads twice.
"""

import atexit
import logging
import os
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.modules import module
from odoo.modules.registry import Registry

from .lease_cache import lease_cache
from .refresh import publish_refresh

_logger = logging.getLogger(__name__)

# seconds
DELAY = 0.1
# Seconds. To start a thread takes longer than all else in the path of a change.
IDLE = 60
# seconds for which a question that cannot be asked is asked again
PATIENCE = 60


class Rechecker:
    """Of one process, for all its databases."""

    def __init__(self):
        self.forget()

    def forget(self):
        """Begin anew: a forked process has not committed what its parent did."""
        self._lock = threading.Lock()
        # whoever asks, others wait: a process must not end in the midst of it
        self._asking = threading.Lock()
        # {database: {scope: names}}
        self._scopes = {}
        # {database: since when it cannot be asked}
        self._failing = {}
        self._thread = None

    def add(self, dbname, scopes):
        """Have leases looked at again, soon.

        :param str dbname:
        :param dict scopes: ``{models in whose views a change may show: those of them
            that are not told of it}``, frozensets
        """
        if not scopes:
            return
        with self._lock:
            known = self._scopes.setdefault(dbname, {})
            for scope, names in scopes.items():
                known.setdefault(scope, set()).update(names)
            # tests share one transaction, and ask by themselves
            if self._thread is None and not module.current_test:
                self._start()

    def flush(self):
        """Ask now. What cannot be asked now is asked later: the changes are committed,
        and nobody must be told that they were not.
        """
        with self._asking:
            with self._lock:
                found, self._scopes = self._scopes, {}
            for dbname, scopes in found.items():
                try:
                    done = self._ask(dbname, scopes)
                except Exception:
                    done = False
                    level = logging.DEBUG if dbname in self._failing else logging.ERROR
                    _logger.log(
                        level,
                        "Real-time: could not ask who watches %s",
                        sorted(set().union(*scopes.values())),
                        exc_info=True,
                    )
                self._done(dbname, scopes, done)

    def _done(self, dbname, scopes, done):
        if done:
            self._failing.pop(dbname, None)
            return
        since = self._failing.setdefault(dbname, time.monotonic())
        if time.monotonic() - since < PATIENCE:
            self.add(dbname, scopes)
        else:
            del self._failing[dbname]
            _logger.error(
                "Real-time: whoever has begun to watch %s may lack what was saved",
                sorted(set().union(*scopes.values())),
            )

    def _ask(self, dbname, scopes):
        """
        :return: whether it could be asked
        :rtype: bool
        """
        registry = Registry.registries.get(dbname)
        if not registry or not registry.ready:
            # it is being loaded anew
            return False
        if "amanat.realtime.lease" not in registry:
            # uninstalled
            return True
        now = time.monotonic()
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            watched = env["amanat.realtime.lease"]._watched(set().union(*scopes))
            untold = set().union(*scopes.values())
            publish_refresh(env, watched & untold)
        cache = lease_cache(registry)
        for scope in scopes:
            if watched.isdisjoint(scope):
                cache.remember(scope, now)
            else:
                cache.forget(scope)
        return True

    def _start(self):
        thread = threading.Thread(
            target=self._run, name="amanat_realtime.recheck", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:
            # the next change tries again
            _logger.exception("Real-time: could not start the thread that asks again")
        else:
            self._thread = thread

    def _run(self):
        last = time.monotonic()
        while True:
            time.sleep(DELAY)
            if self._scopes:
                self.flush()
                last = time.monotonic()
            elif time.monotonic() - last > IDLE:
                with self._lock:
                    if not self._scopes:
                        self._thread = None
                        return


rechecker = Rechecker()
os.register_at_fork(after_in_child=rechecker.forget)
# a worker may end before its thread comes to it
atexit.register(rechecker.flush)
