"""What this process has done since it was last written down: plain integers.

Figures have one form everywhere: ``{name: {key: number}}``, where the key is the name
of a model, the number of a bucket, or ``""``.
"""

import threading

# names of figures
MESSAGES = "messages"
RECORDS = "records"
COALESCED = "coalesced"
REFRESHES = "refreshes"
NOTIFICATIONS = "notifications"
PRESENCE = "presence"
DELIVERED = "delivered"
BYTES = "bytes"
FILTERED = "filtered"
POLLS = "polls"
LATENCY = "latency"
LATENCY_SUM = "latency_sum"


def merge(figures, more):
    """Add figures to others, in place.

    :param dict figures: changed
    :param dict more: left as it is
    :return: the first ones
    :rtype: dict
    """
    for name, numbers in more.items():
        mine = figures.setdefault(name, {})
        for key, number in numbers.items():
            mine[key] = mine.get(key, 0) + number
    return figures


def total(figures, name):
    """Return the sum of a figure over its keys.

    :rtype: int | float
    """
    return sum(figures.get(name, {}).values())


class Counters:
    """Of one process, by database."""

    def __init__(self):
        self._lock = threading.Lock()
        self._databases = {}

    def add(self, dbname, figures):
        """
        :param str dbname:
        :param dict figures: ``{name: {key: number}}``
        """
        with self._lock:
            merge(self._databases.setdefault(dbname, {}), figures)

    def take(self, dbname):
        """Return what was counted since the last time, and forget it.

        :param str dbname:
        :rtype: dict
        """
        with self._lock:
            return self._databases.pop(dbname, {})


class Ledger:
    """What one process has counted for one database: since it runs, and in the minute
    that it is in.

    :ivar dict totals: figures since the process runs
    :ivar datetime minute: the current one
    :ivar dict figures: of this minute
    """

    def __init__(self):
        self.totals = {}
        self.minute = None
        self.figures = {}

    def book(self, minute, figures):
        """
        :param datetime minute: in which these are written down
        :param dict figures:
        """
        if minute != self.minute:
            self.minute, self.figures = minute, {}
        merge(self.figures, figures)
        merge(self.totals, figures)
