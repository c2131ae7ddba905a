"""Which works run in a transaction: some within others."""

from weakref import WeakKeyDictionary, ref

# Neither keeps a cursor alive nor a work that nobody ends. What hangs on a cursor
# itself is forgotten at each commit.
_works = WeakKeyDictionary()


def enter(cr, work):
    """Note that a work begins, within those that run.

    :param BaseCursor cr: of the work
    :param Step work:
    """
    _works[cr] = [*_works.get(cr, ()), ref(work)]


def leave(cr, work):
    """Note that a work ends."""
    _works[cr] = [known for known in _works.get(cr, ()) if known() is not work]


def outer(cr, work):
    """Return the works that one runs in, the outermost one first.

    :rtype: list[Step]
    """
    works = [known() for known in _works.get(cr, ()) if known()]
    return works[: works.index(work)] if work in works else []
