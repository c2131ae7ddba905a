"""Work that nobody is to hear of: the context key ``amanat_realtime_disable``.

What is written is told when it reaches the database, which may be later and in another
context. So muted work is flushed by itself, without what was pending before.
"""

from contextlib import contextmanager
from weakref import WeakSet

CONTEXT_KEY = "amanat_realtime_disable"
_muted_cursors = WeakSet()


@contextmanager
def muted(env):
    """Do not record what is done inside, its effects on other records included.

    :param Environment env:
    """
    cr = env.cr
    if cr in _muted_cursors:
        yield
        return
    env.flush_all()
    _muted_cursors.add(cr)
    try:
        yield
        env.flush_all()
    finally:
        _muted_cursors.discard(cr)


def is_muted(env):
    """Whether what happens now is not to be recorded.

    :rtype: bool
    """
    return env.cr in _muted_cursors
