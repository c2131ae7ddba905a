"""From a row on the bus to what one access class may know of it."""

from ..recording.publish import NOTIFICATION_TYPE as CHANGES
from .access_class import has_rules, may_read_field
from .names import put_names
from .readable import readable_before, readable_now


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
    build = _changes if notification_type == CHANGES else _notification
    told = build(model, row)
    return {**_header(env, model, row), **told} if told else {}


def _header(env, model, row):
    header = {
        key: row[key] for key in ("v", "model", "room", "tab", "at") if key in row
    }
    if not row.get("refresh") or not has_rules(model):
        # who made a bulk change must not be told to those who see none of it
        author = env["res.users"].sudo().browse(row["by"]).exists()
        if author:
            header["by"] = {"id": author.id, "name": author.name}
    return header


def _notification(model, row):
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
    now, before = _readable(model, row)
    updated = _ids_of(row, "update")
    told = {
        "update": _updates(model, row, now & before),
        "create": _among(row.get("create", ()), now),
        "unlink": _among(_ids_of(row, "unlink"), before),
        "enter": _among(updated, now - before),
        "leave": _among(updated, before - now),
    }
    return {key: value for key, value in told.items() if value}


def _readable(model, row):
    """Return what the recipient may read now, and what they might read before.

    A record that is gone meanwhile is in neither, unless this row says so: its own
    message follows.
    """
    updated = _ids_of(row, "update")
    now = readable_now(model, [*updated, *row.get("create", ())])
    looked_at = {
        id_: group["before"]
        for group in row.get("update", ())
        if group.get("before")
        for id_ in group["ids"]
    }
    existing = set(model.browse(looked_at).exists()._ids)
    looked_at = {id_: values for id_, values in looked_at.items() if id_ in existing}
    deleted = {
        id_: group.get("before", {})
        for group in row.get("unlink", ())
        for id_ in group["ids"]
    }
    # rules saw no difference where nothing was kept
    same = {id_ for id_ in updated if id_ in now and id_ not in looked_at}
    before = readable_before(model, looked_at) | readable_before(model, deleted)
    return now, before | same


def _ids_of(row, kind):
    return [id_ for group in row.get(kind, ()) for id_ in group["ids"]]


def _among(ids, chosen):
    return [id_ for id_ in ids if id_ in chosen]


def _updates(model, row, ids):
    groups = []
    for group in row.get("update", ()):
        told = {
            "ids": _among(group["ids"], ids),
            "diff": {
                name: pair
                for name, pair in group.get("diff", {}).items()
                if may_read_field(model, name)
            },
            "stale": [n for n in group.get("stale", ()) if may_read_field(model, n)],
        }
        if told["ids"] and (told["diff"] or told["stale"]):
            groups.append(told)
    put_names(model, groups)
    return [{key: value for key, value in g.items() if value} for g in groups]
