"""“May I edit?”, asked and answered between two people who see the same field."""

from odoo.exceptions import AccessError, UserError

from ..activation.classes import live_models
from ..wire import ANSWER, ASK, VERSION
from .report import parse_id, parse_name, parse_tab
from .switches import is_enabled, models_off
from .visible import visible


def parse_target(params):
    """Return what is asked about, and whom.

    :param dict params: as they came
    :return: ``{"tab", "to", "model", "id", "field"}``
    :rtype: dict
    :raise ValueError: with what is wrong, in English
    """
    return {
        "tab": parse_tab(params.get("tab")),
        "to": parse_tab(params.get("to")),
        "model": parse_name(params.get("model"), "model"),
        "id": parse_id(params.get("id")),
        "field": parse_name(params.get("field"), "field"),
    }


def ask(env, target):
    """Ask who is in a field.

    :param Environment env: of who asks
    :param dict target: see :func:`parse_target`
    :raise UserError: if nobody is there, as far as the asker may know
    """
    env = _own(env, target)
    owners = _owners_at(env, target["to"], target) if _sees(env, target) else set()
    other = env["res.users"].sudo().browse(owners - {env.uid})
    if not other or not _sees(_env_of(other), target):
        raise UserError(env._("This person is not there any more."))
    model = _env_of(other)[target["model"]]
    field = target["field"]
    message = {
        **_about(target),
        "from": {"tab": target["tab"], "user": _named(env.user)},
        "label": model.fields_get([field], ["string"])[field]["string"],
        "record": model.browse(target["id"]).display_name,
    }
    other._bus_send(ASK, message)


def answer(env, target, uid, granted):
    """Answer to who has asked. Whether they heard it is not told: that would tell what
    they may read.

    :param Environment env: of who answers
    :param dict target: see :func:`parse_target`
    :param int uid: who has asked
    :param bool granted:
    :raise UserError: if the one who answers is not there
    """
    env = _own(env, target)
    if not _sees(env, target) or env.uid not in _owners_at(env, target["tab"], target):
        raise UserError(env._("You are not in this record any more."))
    asker = env["res.users"].sudo().browse(uid).exists()
    if asker.active and asker._is_internal() and _sees(_env_of(asker), target):
        sender = {"user": _named(env.user)}
        message = {**_about(target), "from": sender, "granted": granted}
        asker._bus_send(ANSWER, message)


def _own(env, target):
    env = env(context={"lang": env.user.lang})
    owners, _places = env["amanat.realtime.presence"]._of_tab(target["tab"])
    if owners - {env.uid}:
        raise AccessError(env._("This browser tab belongs to somebody else."))
    return env


def _owners_at(env, tab, target):
    owners, places = env["amanat.realtime.presence"]._of_tab(tab)
    there = any(
        place["model"] == target["model"] and place.get("id") == target["id"]
        for place in places
    )
    return owners if there else set()


def _sees(env, target):
    """Whether a person may know of the record and the field.

    :rtype: bool
    """
    name = target["model"]
    if name not in live_models(env.registry) or not is_enabled(env):
        return False
    place = {"model": name, "id": target["id"], "field": target["field"]}
    return name not in models_off(env) and visible(env[name], {"": [place]})[""] == [
        place
    ]


def _env_of(user):
    return user.env(user=user.id, su=False, context={"lang": user.lang})


def _about(target):
    about = {key: target[key] for key in ("to", "model", "id", "field")}
    return {"v": VERSION, **about}


def _named(user):
    return {"id": user.id, "name": user.name}
