"""Live models are those whose class has the mixin: by its code, or put in here.

What is put in changes the class as ``_inherit`` in a Python class would, and nothing
else: whichever way Odoo sets up the registry again, it finds the same bases.
"""

from odoo.tools import LastOrderedSet

MIXIN = "amanat.base.model"


def live_models(pool):
    """Return the names of the models that are live.

    :param Registry pool:
    :rtype: frozenset[str]
    """
    live = getattr(pool, "amanat_realtime_live", None)
    # until all modules are loaded, what the code says
    return coded_models(pool) if live is None else live


def coded_models(pool):
    """Return the names of the models that have the mixin in their code.

    :param Registry pool:
    :rtype: frozenset[str]
    """
    # classes that the mixin was put into are not among its children
    return frozenset(
        name
        for name in pool.descendants([MIXIN], "_inherit")
        if not pool[name]._abstract and not pool[name]._transient
    )


def live_with(pool, switches):
    """Return what is live under some switches: what is so by code, except for what is
    switched off, and what is switched on.

    :param Registry pool:
    :param dict[str, bool] switches: by model name
    :rtype: frozenset[str]
    """
    on = {name for name, is_on in switches.items() if is_on}
    return frozenset(coded_models(pool) - (switches.keys() - on) | on)


def set_live_models(pool, switches):
    """Have the classes of live models inherit the mixin, and no others.

    :param Registry pool: fully loaded
    :param dict[str, bool] switches: by model name
    """
    live, coded = live_with(pool, switches), coded_models(pool)
    for name, model_cls in pool.items():
        if name not in coded and name != MIXIN:
            if name in live:
                _put_in(model_cls)
            elif pool[MIXIN] in model_cls._base_classes__:
                _take_out(model_cls)
    pool.amanat_realtime_live = live


def _put_in(model_cls):
    pool = model_cls.pool
    bases = LastOrderedSet(model_cls._base_classes__)
    bases.add(pool[MIXIN])
    bases.add(pool["base"])
    _set_bases(model_cls, tuple(bases))


def _take_out(model_cls):
    mixin = model_cls.pool[MIXIN]
    bases = tuple(base for base in model_cls._base_classes__ if base is not mixin)
    _set_bases(model_cls, bases)


def _set_bases(model_cls, bases):
    if model_cls._base_classes__ != bases:
        model_cls._base_classes__ = bases
        model_cls.__bases__ = bases
