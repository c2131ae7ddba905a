"""Who is told of what a transaction changes: decided when it first changes something
that shows in the views of some models, and kept to its end. Else, what was like the
beginning of a transaction to those who are told would be like the midst of it.

Models that are not told are asked about again after the commit: see ``recheck.py``.
"""

from .lease_cache import lease_cache
from .recheck import rechecker

AUDIENCES = "amanat_realtime.audiences"


class Audiences:
    """Of one transaction.

    :ivar dict told: ``{models in whose views a change may show: those of them that are
        told of it}``
    :ivar set covered: models whose watchers this transaction has read again
    """

    __slots__ = ("covered", "told")

    def __init__(self):
        self.told = {}
        self.covered = set()

    def untold(self):
        """
        :return: ``{models in whose views a change may show: those of them that are to
            be asked about again}``
        :rtype: dict[frozenset, frozenset]
        """
        return {
            scope: names
            for scope, told in self.told.items()
            if (names := scope - told - self.covered)
        }


def audience(env, scope):
    """Return the models whose watchers are told of a change. This is in the path of
    every change: most often, there is no SQL here.

    :param Environment env:
    :param frozenset[str] scope: models in whose views it may show
    :rtype: set[str]
    """
    postcommit = env.cr.postcommit
    audiences = postcommit.data.get(AUDIENCES)
    if audiences is None:
        audiences = postcommit.data[AUDIENCES] = Audiences()
        dbname = env.cr.dbname
        postcommit.add(lambda: rechecker.add(dbname, audiences.untold()))
    if scope not in audiences.told:
        audiences.told[scope] = _decide(env, scope)
    return audiences.told[scope]


def note_covered(env, names):
    """Note that those who watch some models read again after this transaction.

    :param Environment env:
    :param set[str] names:
    """
    audiences = env.cr.postcommit.data.get(AUDIENCES)
    if audiences:
        audiences.covered |= names


def _decide(env, scope):
    cache = lease_cache(env.registry)
    if cache.are_unwatched(scope):
        return set()
    watched, began = env["amanat.realtime.lease"]._watched_since(scope)
    if not watched:
        cache.remember(scope, began)
    return watched
