"""From a row on the bus to what one access class may know of it."""

import time

from ..wire import CHANGES, PRESENCE, PROGRESS
from .access_class import are_for_all, fields_of, has_rules, may_read_field
from .addressed import addressed
from .author import author_of
from .each import chosen, each, first
from .names import put_names
from .presence import presence
from .progress import progress
from .readable import as_they_are, readable_as, readable_now

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
    return messages_for([env], notification_type, row)[0]


def messages_for(envs, notification_type, row):
    """Return what recipients may know of a row. What does not depend on them is asked
    for once.

    :param Iterable[Environment] envs: of the recipients; gone through several times
    :param str notification_type:
    :param dict row: content of the row
    :return: a payload for each of them, see :func:`message_for`
    :rtype: list[dict]
    """
    models = each(lambda env: env[row["model"]], envs)
    if notification_type == CHANGES and not row.get("refresh"):
        # who may not read the model may read none of the records
        return _tell(models, notification_type, row)
    may_read = [model.has_access("read") for model in models]
    told = iter(())
    if any(may_read):
        told = iter(_tell(chosen(models, may_read), notification_type, row))
    return [next(told) if may else {} for may in may_read]


def look_again(env, notification_type, row):
    """Return what may be said of a row that :func:`message_for` could not judge: that
    something has changed.

    :rtype: dict
    """
    if notification_type != CHANGES:
        return {}
    return message_for(env, notification_type, {**row, "refresh": True})


def _tell(models, notification_type, row):
    if notification_type == PRESENCE:
        return [presence(model, row) for model in models]
    if notification_type == PROGRESS:
        return [progress(model, row) for model in models]
    if notification_type == CHANGES:
        contents = _changes(models, row)
    else:
        contents = [_notification(model, row) for model in models]
    header = {
        key: row[key] for key in ("v", "model", "room", "tab", "at") if key in row
    }
    author = author_of(first(models).env, row["by"])
    if author:
        header["by"] = author
    told = [{**header, **content} if content else {} for content in contents]
    if row.get("refresh"):
        for model, payload in zip(models, told, strict=True):
            # who made a bulk change must not be told to those who see none of it
            if has_rules(model):
                payload.pop("by", None)
    return told


def _notification(model, row):
    if "to" in row:
        return addressed(model, row)
    [now] = readable_now([model], row["ids"])
    told = {
        "action": row["action"],
        "ids": _among(row["ids"], now),
        "fields": [n for n in row.get("fields", ()) if may_read_field(model, n)],
        "extra": row.get("extra"),
    }
    return {k: v for k, v in told.items() if v} if told["ids"] else {}


def _changes(models, row):
    if row.get("refresh"):
        return [{"refresh": True} for _model in models]
    updated = [id_ for group in row.get("update", ()) for id_ in group["ids"]]
    now = readable_now(models, [*updated, *row.get("create", ())])
    before, after = _readable_then(models, row, now)
    readers, anybody = models, first(models)
    if are_for_all(anybody, fields_of(row)):
        # it is the reader that costs
        readers = [anybody] * len(now)
    told = [
        _changes_between(model, row, updated, *sets)
        for model, *sets in zip(readers, before, after, now, strict=True)
    ]
    updates = [lists["update"] for lists in told]
    if _has_references(anybody, row):
        put_names(models, updates)
    for groups in updates:
        groups[:] = [{k: v for k, v in group.items() if v} for group in groups]
    return [{key: value for key, value in lists.items() if value} for lists in told]


def _has_references(model, row):
    names = {name for group in row.get("update", ()) for name in group.get("diff", ())}
    return any(model._fields[n].type == "many2one" for n in names if n in model._fields)


def _changes_between(model, row, updated, before, after, now):
    return {
        "update": _updates(model, row, before & after & now),
        "create": _among(row.get("create", ()), now),
        "unlink": _among(row.get("unlink", ()), before),
        "enter": _among(updated, (after & now) - before),
        # somebody who may read it again by now is told so by a later message
        "leave": _among(updated, before - after),
    }


def _readable_then(models, row, now):
    """Return what recipients might read when the transaction began, and when it ended.
    Later transactions do not matter: they have messages of their own.

    :return: two lists of sets of ids
    """
    before_values, after_values = {id_: {} for id_ in row.get("unlink", ())}, {}
    known = as_they_are(first(models), row)
    for group in row.get("rights", ()):
        for id_ in set(group["ids"]) - known:
            before_values[id_] = group["before"]
            if "after" in group:
                after_values[id_] = group["after"]
    if not before_values:
        return now, now
    before = readable_as(models, before_values, row.get("others"))
    after = readable_as(models, after_values)
    for then, later, current in zip(before, after, now, strict=True):
        # where rules looked at the same values all along
        later |= {id_ for id_ in then if id_ not in after_values}
        # where they look at the same values still, and where nothing was kept
        same = {id_ for id_ in current if id_ not in before_values}
        then |= same
        later |= same
    return before, after


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
    return groups
