"""Doing something for many readers without keeping what is made for each."""

import itertools


class Each:
    """What can be gone through any number of times, and is made anew each time.

    Odoo looks through all environments of a transaction whenever it makes one: those of
    hundreds of readers must not exist at once.
    """

    def __init__(self, make):
        """
        :param Callable[[], Iterator] make:
        """
        self._make = make

    def __iter__(self):
        return self._make()


def each(function, items):
    """
    :param Callable function: of an item
    :param Iterable items: can be gone through any number of times
    :rtype: Each
    """
    return Each(lambda: map(function, items))


def chosen(items, flags):
    """
    :param Iterable items: can be gone through any number of times
    :param list[bool] flags: for each item
    :rtype: Each
    """
    return Each(lambda: itertools.compress(items, flags))


def first(items):
    return next(iter(items))
