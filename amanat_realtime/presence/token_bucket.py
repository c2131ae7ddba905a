"""How often a session may report."""

import threading
import time
from collections import OrderedDict

BURST = 20
PER_SECOND = 4
MAX_SESSIONS = 4096


class TokenBuckets:
    """One bucket of tokens per session, in this process. Those that were not used for
    longest are forgotten first, which makes them full.
    """

    def __init__(
        self, burst=BURST, rate=PER_SECOND, size=MAX_SESSIONS, clock=time.monotonic
    ):
        """
        :param int burst: tokens of a full bucket
        :param float rate: tokens per second that come back
        :param int size: how many buckets are kept
        :param Callable[[], float] clock: seconds
        """
        self._burst = burst
        self._rate = rate
        self._size = size
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets = OrderedDict()

    def take(self, key):
        """Take a token, if there is one.

        :param Hashable key: whose bucket
        :rtype: bool
        """
        now = self._clock()
        with self._lock:
            tokens, since = self._buckets.pop(key, (self._burst, now))
            tokens = min(self._burst, tokens + (now - since) * self._rate)
            allowed = tokens >= 1
            self._buckets[key] = (tokens - allowed, now)
            if len(self._buckets) > self._size:
                self._buckets.popitem(last=False)
        return allowed

    def clear(self):
        with self._lock:
            self._buckets.clear()


buckets = TokenBuckets()
