"""Changes of models that nobody watched, as far as their transaction could see: after
its commit, they go to ``recheck.py``.
"""

from .recheck import rechecker

UNWATCHED = "amanat_realtime.unwatched"


def note_unwatched(env, scope, watched):
    """Note that something changes of which some models are not told. This is in the
    path of every change: no SQL here.

    :param Environment env:
    :param frozenset[str] scope: models in whose views it may show
    :param set[str] watched: those of them that are told
    """
    postcommit = env.cr.postcommit
    scopes = postcommit.data.get(UNWATCHED)
    if scopes is None:
        scopes = postcommit.data[UNWATCHED] = {}
        dbname = env.cr.dbname
        postcommit.add(lambda: rechecker.add(dbname, scopes))
    if scope not in scopes:
        # later, only more of them are watched
        scopes[scope] = set(scope) - watched


def forget_unwatched(env, names):
    """Models of whose changes somebody is told after all.

    :param Environment env:
    :param set[str] names:
    """
    for unwatched in env.cr.postcommit.data.get(UNWATCHED, {}).values():
        unwatched -= names
