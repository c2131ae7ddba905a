"""The thread that serves all websockets of a process."""

import logging
import os
import threading
import time

from .batch import serve

_logger = logging.getLogger(__name__)

# seconds for which core's own way is taken in a database after a failure
REST = 60


class Worker:
    """Serves, at once, all sockets that are to be woken up.

    While it serves some, others gather, and one socket may wait for several rows: the
    more there is to do, the larger and cheaper the batches.
    """

    def __init__(self):
        self._has_failed = False
        self._forget()

    def use(self, wake, is_alone):
        """
        :param wake: how core wakes a socket up
        :type wake: Callable[[Websocket], None]
        :param is_alone: whether core's way of serving sockets is unchanged
        :type is_alone: Callable[[], bool]
        """
        self._wake = wake
        self._is_alone = is_alone

    def take(self, websocket, looks_back=False):
        """See to it that a socket gets its notifications.

        :param Websocket websocket:
        :param bool looks_back: it has just subscribed
        :return: whether it is taken care of
        :rtype: bool
        """
        if time.monotonic() < self._rests.get(websocket._db, 0):
            return False
        with self._lock:
            key = websocket._db, looks_back
            self._waiting.setdefault(key, set()).add(websocket)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="amanat_realtime.fanout", daemon=True
                )
                self._thread.start()
        self._has_work.set()
        return True

    def serve_waiting(self):
        """Serve everybody who is waiting now."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for (dbname, look_back), websockets in waiting.items():
            for websocket in self._serve(dbname, websockets, look_back):
                self._wake(websocket)

    def _run(self):
        while True:
            self._has_work.wait()
            self._has_work.clear()
            try:
                self.serve_waiting()
            except Exception:
                _logger.exception("Real-time: websockets that could not be woken up")

    def _serve(self, dbname, websockets, look_back):
        """
        :return: those sockets that have to do it by themselves
        :rtype: Iterable[Websocket]
        """
        # for the log
        threading.current_thread().dbname = dbname
        try:
            if self._is_alone():
                return serve(dbname, websockets, look_back)
            return websockets
        except Exception:
            level = logging.DEBUG if self._has_failed else logging.WARNING
            self._has_failed = True
            self._rests[dbname] = time.monotonic() + REST
            _logger.log(
                level, "Real-time: websockets are served one by one now", exc_info=True
            )
            return websockets

    def _forget(self):
        """Begin anew: a forked process has no sockets and no threads."""
        self._lock = threading.Lock()
        self._has_work = threading.Event()
        self._waiting = {}
        self._thread = None
        # {database: until when}
        self._rests = {}


worker = Worker()
os.register_at_fork(after_in_child=worker._forget)
