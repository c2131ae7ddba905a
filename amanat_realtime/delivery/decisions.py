"""What was decided about a row for an access class, shared by the sockets of a process.

Every socket fetches the same rows by itself. What is kept here are decisions about one
row under one evaluated set of rights: whose rights change gets another key.
"""

import threading
import time
from collections import OrderedDict

MAX_ROWS = 256
# nobody needs it for longer than it takes to wake up all sockets
MAX_AGE = 30


class Decisions:
    """A cache with one computation per key, however many ask for it at once."""

    def __init__(self, max_rows=MAX_ROWS, max_age=MAX_AGE):
        """
        :param int max_rows:
        :param float max_age: seconds
        """
        self._max_rows = max_rows
        self._max_age = max_age
        self._lock = threading.Lock()
        self._rows = OrderedDict()

    def get(self, row_key, class_key, decide):
        """Return a decision, after making it if nobody has.

        :param Hashable row_key:
        :param Hashable class_key:
        :param Callable[[], dict] decide:
        :rtype: dict
        """
        entry = self._entry(row_key)
        with entry.lock:
            if class_key not in entry.decisions:
                entry.decisions[class_key] = decide()
            return entry.decisions[class_key]

    def clear(self):
        with self._lock:
            self._rows.clear()

    def _entry(self, row_key):
        now = time.monotonic()
        with self._lock:
            entry = self._rows.get(row_key)
            if entry is None or now - entry.made > self._max_age:
                entry = self._rows[row_key] = _Entry(now)
                self._rows.move_to_end(row_key)
            while len(self._rows) > self._max_rows:
                self._rows.popitem(last=False)
            return entry


class _Entry:
    __slots__ = ("decisions", "lock", "made")

    def __init__(self, made):
        self.made = made
        self.lock = threading.Lock()
        self.decisions = {}


decisions = Decisions()
