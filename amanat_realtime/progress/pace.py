"""How often progress is told."""

import time

#: seconds between two messages
INTERVAL = 0.5
MAX_PAUSE = 60
# so many times as long as telling took, the work is left alone
_REST = 9

clock = time.monotonic


class Pace:
    """Says when it is time for another message: seldom, if telling is slow or fails."""

    def __init__(self):
        self._next = 0
        self._pause = INTERVAL

    def is_due(self):
        """:rtype: bool"""
        return clock() >= self._next

    def told(self, since, successful):
        """Note that a message was sent, or not.

        :param float since: when sending began, by ``clock``
        :param bool successful:
        """
        now = clock()
        self._pause = INTERVAL if successful else min(2 * self._pause, MAX_PAUSE)
        self._next = now + max(self._pause, min(_REST * (now - since), MAX_PAUSE))
