"""What a process knows of leases without asking: that nobody watched some models a
moment ago.

Those who begin to watch meanwhile are told by ``recheck.py`` to read again. That
somebody does watch is looked up by each transaction.
"""

import time

# Seconds. For so long, other processes may not know of the first watcher of a model:
# what they change is read again then, and not shown one by one.
FRESH = 2
# there are as many scopes as models; more than that would be a mistake of ours
MAX_SCOPES = 1000


class LeaseCache:
    """Of one process, for one database.

    :ivar int grants: how many leases this process has granted
    """

    __slots__ = ("_granted_at", "_unwatched", "grants")

    def __init__(self):
        self.grants = 0
        self._granted_at = 0
        # {frozenset of names: when nobody watched them}
        self._unwatched = {}

    def granted(self):
        """Forget everything: this process has granted a lease."""
        self.grants += 1
        self._granted_at = time.monotonic()
        self._unwatched = {}

    def remember(self, names, at):
        """
        :param frozenset[str] names: models that nobody watched
        :param float at: ``time.monotonic()`` of then: the begin of the transaction that
            looked it up
        """
        if at > self._granted_at:
            if len(self._unwatched) >= MAX_SCOPES:
                self._unwatched = {}
            self._unwatched[names] = at

    def forget(self, names):
        """
        :param frozenset[str] names: models of which somebody watches some
        """
        self._unwatched.pop(names, None)

    def are_unwatched(self, names):
        """Whether nobody watched some models a moment ago.

        :param frozenset[str] names: the same as are remembered
        :rtype: bool
        """
        at = self._unwatched.get(names)
        return at is not None and time.monotonic() - at < FRESH


def lease_cache(registry):
    """
    :param Registry registry:
    :rtype: LeaseCache
    """
    cache = getattr(registry, "amanat_realtime_leases", None)
    if cache is None:
        cache = registry.amanat_realtime_leases = LeaseCache()
    return cache
