"""From a report of a tab to what is stored, told and answered."""

from collections import defaultdict

from odoo.exceptions import AccessError, ValidationError

from ..activation.classes import live_models
from ..wire import PRESENCE_TTL
from .people import people
from .report import by_scope, scope_of
from .switches import is_enabled, models_off
from .tell import tell
from .visible import visible


def take_report(env, tab, number, places):
    """Store where a tab is, tell others if that changed, and say who else is there.

    :param Environment env: of who reports
    :param str tab:
    :param int number: of the report; one that a later report overtook changes nothing
    :param list[dict] places: all places of the tab; none if it leaves
    :return: what the browser gets
    :rtype: dict
    :raise ValidationError: if a model is not live
    :raise AccessError: if the tab is somebody else's
    """
    # as in delivery: all companies of the person, and nothing else of their context
    env = env(context={"lang": env.user.lang})
    _check_models(env, places)
    asked = _where_it_is_on(env, places)
    shown = [] if env.user.amanat_realtime_hidden else _known_to(env, asked)
    others = _store(env, tab, number, shown, {scope_of(place) for place in asked})
    answer = {"ttl": PRESENCE_TTL, "present": people(env, others)}
    if places and not asked:
        answer["disabled"] = True
    return answer


def _check_models(env, places):
    live = live_models(env.registry)
    for place in places:
        if place["model"] not in live:
            raise ValidationError(
                env._("Presence: “%s” is not a live model.", place["model"])
            )


def _where_it_is_on(env, places):
    if not is_enabled(env):
        return []
    off = models_off(env)
    return [place for place in places if place["model"] not in off]


def _known_to(env, places):
    by_model = defaultdict(list)
    for place in places:
        by_model[place["model"]].append(place)
    return [
        place
        for model_name, found in by_model.items()
        for place in visible(env[model_name], {"": found})[""]
    ]


def _store(env, tab, number, places, asked):
    """Write the places of a tab and tell what changed.

    :return: who else is in the scopes that were asked for, unchecked
    """
    table = env["amanat.realtime.presence"]
    owners, before = table._of_tab(tab)
    if owners - {env.uid}:
        raise AccessError(env._("This browser tab belongs to somebody else."))
    if owners or places:
        is_news = table._replace(tab, number, places, PRESENCE_TTL)
        places = places if is_news else before
    before, after = by_scope(before), by_scope(places)
    others = table._of_others(asked | before.keys())
    occupied = {scope_of(place) for _uid, _tab, place in others}
    for scope in sorted(occupied & (before.keys() | after.keys())):
        if before[scope] != after[scope]:
            tell(env, env.uid, tab, scope, before[scope], after[scope])
    return [row for row in others if scope_of(row[2]) in asked]
