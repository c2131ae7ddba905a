"""From a row on the bus to what one access class may know of it."""

import time

from ..wire import CHANGES, PRESENCE, PROGRESS
from .access_class import has_rules, may_read_field
from .addressed import addressed
from .author import author_of
from .names import put_names
from .presence import presence
from .progress import progress
from .readable import readable_as, readable_now

# Rights over the past are judged as the recipient has them now. Those of somebody who
# got them since must not open what records held earlier: after this time (seconds),
# values are left to be read again.
FRESH = 60


def message_for(env, notification_type, row):
    """Return what a recipient may know of a row.

    :param Environment env: of the recipient
    :param str notification_type:
    :param dict row: content of the row
    :return: the payload for the browser; empty if there is nothing to tell
    :rtype: dict
    """
    model = env[row["model"]]
    if not model.has_access("read"):
        return {}
    if notification_type == PRESENCE:
        return presence(model, row)
    if notification_type == PROGRESS:
        return progress(model, row)
    build = _changes if notification_type == CHANGES else _notification
    told = build(model, row)
    return {**_header(model, row), **told} if told else {}


def look_again(env, notification_type, row):
    """Return what may be said of a row that :func:`message_for` could not judge: that
    something has changed.

    :rtype: dict
    """
    if notification_type != CHANGES:
        return {}
    return message_for(env, notification_type, {**row, "refresh": True})


def _header(model, row):
    header = {
        key: row[key] for key in ("v", "model", "room", "tab", "at") if key in row
    }
    if not row.get("refresh") or not has_rules(model):
        # who made a bulk change must not be told to those who see none of it
        author = author_of(model.env, row["by"])
        if author:
            header["by"] = author
    return header


def _notification(model, row):
    if "to" in row:
        return addressed(model, row)
    now = readable_now(model, row["ids"])
    told = {
        "action": row["action"],
        "ids": _among(row["ids"], now),
        "fields": [n for n in row.get("fields", ()) if may_read_field(model, n)],
        "extra": row.get("extra"),
    }
    return {k: v for k, v in told.items() if v} if told["ids"] else {}


def _changes(model, row):
    if row.get("refresh"):
        return {"refresh": True}
    updated = [id_ for group in row.get("update", ()) for id_ in group["ids"]]
    deleted = row.get("unlink", ())
    now = readable_now(model, [*updated, *row.get("create", ())])
    before, after = _readable_then(model, row, now, deleted)
    told = {
        "update": _updates(model, row, before & after & now),
        "create": _among(row.get("create", ()), now),
        "unlink": _among(deleted, before),
        "enter": _among(updated, (after & now) - before),
        # somebody who may read it again by now is told so by a later message
        "leave": _among(updated, before - after),
    }
    return {key: value for key, value in told.items() if value}


def _readable_then(model, row, now, deleted):
    """Return what the recipient might read when the transaction began, and when it
    ended. Later transactions do not matter: they have messages of their own.

    :return: two sets of ids
    """
    before_values, after_values = {id_: {} for id_ in deleted}, {}
    for group in row.get("rights", ()):
        for id_ in group["ids"]:
            before_values[id_] = group["before"]
            if "after" in group:
                after_values[id_] = group["after"]
    before = readable_as(model, before_values, row.get("others"))
    after = readable_as(model, after_values)
    # where rules looked at the same values all along, and where nothing was kept
    after |= {id_ for id_ in before if id_ not in after_values}
    unknown = {id_ for id_ in now if id_ not in before_values}
    return before | unknown, after | unknown


def _among(ids, chosen):
    return [id_ for id_ in ids if id_ in chosen]


def _updates(model, row, ids):
    fresh = time.time() - row.get("written", 0) < FRESH
    groups = []
    for group in row.get("update", ()):
        readable = {
            name: pair
            for name, pair in group.get("diff", {}).items()
            if may_read_field(model, name)
        }
        stale = {n for n in group.get("stale", ()) if may_read_field(model, n)}
        told = {
            "ids": _among(group["ids"], ids),
            "diff": readable if fresh else {},
            "stale": sorted(stale if fresh else stale | readable.keys()),
        }
        if told["ids"] and (told["diff"] or told["stale"]):
            groups.append(told)
    put_names(model, groups)
    return [{key: value for key, value in g.items() if value} for g in groups]
