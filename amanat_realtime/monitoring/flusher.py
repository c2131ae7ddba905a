"""Writing down, from time to time, what a process has counted.

It is done beside the requests, in a thread that lives as long as there is anything to
say: nothing that a person waits for gets slower, and nobody's transaction meets it.
"""

import logging
import os
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.modules import module
from odoo.modules.registry import Registry

from .counters import Counters, Ledger

_logger = logging.getLogger(__name__)

# seconds
INTERVAL = 10
FIRST = 1


class Flusher:
    """Of one process, for all its databases."""

    def __init__(self, interval=INTERVAL, first=FIRST):
        """
        :param float interval: seconds between two flushes
        :param float first: seconds from the first activity to the first flush
        """
        self._interval = interval
        self._first = first
        self.forget()

    def forget(self):
        """Begin anew: a forked process has not done what its parent did."""
        self.counters = Counters()
        self._ledgers = {}
        self._active = set()
        self._thread = None
        self._has_failed = False
        self._lock = threading.Lock()
        self._flushing = threading.Lock()

    def add(self, dbname, figures):
        """Count something.

        :param str dbname:
        :param dict figures: ``{name: {key: number}}``
        """
        self.counters.add(dbname, figures)
        self.wake(dbname)

    def wake(self, dbname):
        """See to it that what is known now is written down soon.

        :param str dbname:
        """
        if dbname in self._active or module.current_test:
            return
        with self._lock:
            self._active.add(dbname)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="amanat_realtime.monitoring", daemon=True
                )
                self._thread.start()

    def flush(self, dbname):
        """Write down what was counted. A failure is logged once, and loses no more than
        figures.

        :param str dbname:
        :return: whether there will be something to say without any further activity
        :rtype: bool
        """
        try:
            registry = Registry.registries.get(dbname)
            if module.current_test or not _is_usable(registry):
                return False
            with self._flushing, registry.cursor() as cr:
                return self.write_down(api.Environment(cr, SUPERUSER_ID, {}))
        except Exception:
            level = logging.DEBUG if self._has_failed else logging.WARNING
            self._has_failed = True
            _logger.log(level, "Real-time: could not write figures", exc_info=True)
            return False

    def write_down(self, env):
        """Write down what was counted, in the transaction of an environment.

        :param Environment env:
        :return: see :meth:`flush`
        :rtype: bool
        """
        dbname = env.cr.dbname
        ledger = self._ledgers.setdefault(dbname, Ledger())
        return env["amanat.realtime.process"]._note(ledger, self.counters.take(dbname))

    def _run(self):
        time.sleep(self._first)
        while True:
            for dbname in self._take_active():
                if self.flush(dbname):
                    with self._lock:
                        self._active.add(dbname)
            time.sleep(self._interval)
            with self._lock:
                if not self._active:
                    self._thread = None
                    return

    def _take_active(self):
        # before they are written down: what is counted from now on wakes us up again
        with self._lock:
            active, self._active = self._active, set()
            return sorted(active)


def _is_usable(registry):
    # the database may be gone, being upgraded, or without this addon by now
    return registry and registry.ready and "amanat.realtime.process" in registry


flusher = Flusher()
os.register_at_fork(after_in_child=flusher.forget)
