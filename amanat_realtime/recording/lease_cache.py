"""What a process knows of leases without asking: that nobody watched some models a
moment ago.

Nobody misses anything by it: who begins to watch meanwhile is told by ``recheck.py``.
That somebody does watch is looked up anew by each transaction.
"""

import time

# Seconds. For so long, other processes may not know of the first watcher of a model:
# what they change is read again then, and not shown one by one.
FRESH = 0.5
# there are as many scopes as models, but what a transaction did may be any of them
MAX_SCOPES = 1000


class LeaseCache:
    """Of one process, for one database.

    :ivar int grants: how many leases this process has granted
    """

    __slots__ = ("_unwatched", "grants")

    def __init__(self):
        self.grants = 0
        # {frozenset of names: when it was known}
        self._unwatched = {}

    def granted(self):
        """Forget everything: this process has granted a lease."""
        self.grants += 1
        self._unwatched = {}

    def note_unwatched(self, names, grants):
        """
        :param frozenset[str] names: models that nobody watches
        :param int grants: :attr:`grants` before that was looked up
        """
        if grants == self.grants:
            if len(self._unwatched) >= MAX_SCOPES:
                self._unwatched = {}
            self._unwatched[names] = time.monotonic()

    def forget(self, names):
        """
        :param frozenset[str] names: models of which somebody watches some
        """
        self._unwatched.pop(names, None)

    def are_unwatched(self, names):
        """Whether nobody watched some models a moment ago.

        :param frozenset[str] names: the same as have been noted
        :rtype: bool
        """
        known = self._unwatched.get(names)
        return known is not None and time.monotonic() - known < FRESH


def lease_cache(registry):
    """
    :param Registry registry:
    :rtype: LeaseCache
    """
    cache = getattr(registry, "amanat_realtime_leases", None)
    if cache is None:
        cache = registry.amanat_realtime_leases = LeaseCache()
    return cache
