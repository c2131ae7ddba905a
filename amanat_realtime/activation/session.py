"""What a browser has to know: as it loads the web client, and when settings change."""

from ..monitoring import samples
from ..presence import switches as presence
from .classes import live_models
from .switches import is_enabled


def session_part(env):
    """Return what is live and how, as far as the user may know of it.

    :param Environment env: of an internal user
    :rtype: dict
    """
    user = env.user
    names = _live_for(env)

    def without(switch):
        return sorted(names & env["amanat.realtime.model"]._models_without(switch))

    return {
        "models": sorted(names),
        # a list without an order of its own shows that of its model
        "orders": {name: env[name]._order for name in sorted(names)},
        # what people call a record, where that is not its name
        "names": {
            name: env[name]._rec_name
            for name in sorted(names)
            if env[name]._rec_name not in (None, "name", "display_name")
        },
        "drafts": env["amanat.realtime.draft"]._records_with_drafts(),
        "toasts": user.amanat_realtime_toasts,
        "toasts_off": without("toasts"),
        "conflicts_off": without("conflicts"),
        "samples": samples.is_enabled(env),
        "progress": env["amanat.realtime.progress"].current(),
        "hold": user.amanat_realtime_hold,
        "presence": {
            "enabled": presence.is_enabled(env),
            "off": without("presence"),
            "hidden": user.amanat_realtime_hidden,
        },
    }


def _live_for(env):
    if not is_enabled(env):
        return set()
    live = live_models(env.registry)
    return {name for name in live if env[name].has_access("read")}
