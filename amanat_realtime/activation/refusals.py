"""Which models cannot be made live, and why."""

from .classes import MIXIN, coded_models

_ADDON = "amanat_realtime"
_TEST_MODELS = "amanat.test.realtime"
_BY_PREFIX = [
    ("ir.", "machinery"),
    ("base.", "machinery"),
    ("res.lang", "machinery"),
    ("res.users", "rights"),
    ("res.groups", "rights"),
    ("res.company", "rights"),
    ("res.device", "rights"),
    ("auth.", "rights"),
    ("auth_", "rights"),
    ("bus.", "bus"),
    ("discuss.", "discuss"),
    ("mail.message", "discuss"),
    ("mail.notification", "discuss"),
    ("mail.mail", "discuss"),
    ("mail.followers", "discuss"),
    ("mail.tracking", "discuss"),
    ("mail.link.preview", "discuss"),
    ("mail.presence", "discuss"),
    ("mail.guest", "discuss"),
]


def refusal(env, name):
    """Return why a model cannot be made live.

    :param Environment env:
    :param str name: of the model
    :return: a sentence; ``None`` if it can
    :rtype: str | None
    """
    if name not in env:
        return env._("Its addon is not installed.")
    if name in coded_models(env.registry):
        return None
    return _by_kind(env[name]) or _by_name(env[name]) or _by_relatives(env, name)


def _by_kind(model):
    if model._transient:
        return model.env._("It holds what is typed in a dialog, for that person alone.")
    if model._abstract:
        return model.env._("It has no records of its own.")
    if not (model._auto and model.pool.is_an_ordinary_table(model)):
        return model.env._(
            "It has no table of its own: its records follow from those of other models."
        )
    return None


def _by_name(model):
    if model._original_module == _ADDON and not model._name.startswith(_TEST_MODELS):
        return model.env._("It is a table of the real-time addon itself.")
    for prefix, kind in _BY_PREFIX:
        if model._name.startswith(prefix):
            return _reasons(model.env)[kind]
    return None


def _reasons(env):
    return {
        "machinery": env._(
            "It is a part of the server itself, which reads and writes it while it "
            "works, also while it tells of changes."
        ),
        "rights": env._(
            "It decides who may sign in and what they may see. That is asked for each "
            "message, and must not depend on messages."
        ),
        "discuss": env._(
            "Discuss writes several of its rows with each message, and shows them live "
            "itself."
        ),
        "bus": env._("It carries the messages: each one would cause another."),
    }


def _by_relatives(env, name):
    copies = env.registry.descendants([name], "_inherit") - {name}
    if copies:
        return env._(
            "These models are made from it, and would become live with it: %s.",
            ", ".join(sorted(copies)),
        )
    mixin = env[MIXIN]._fields
    if any(field.store and n not in env[name]._fields for n, field in mixin.items()):
        return env._(
            "Another addon adds fields to “%s”: only models with it in their code "
            "have them.",
            MIXIN,
        )
    return None
