"""How far a piece of work is, in the form in which it travels."""

import time
from datetime import timedelta

from odoo import fields

from ..delivery.author import author_of
from ..delivery.readable import readable_now

#: without a sign for so long, the process is taken for dead
STOPPED_AFTER = timedelta(minutes=5)


def state_of(row):
    """Return what is stored of a work, in JSON form.

    :param BaseModel row: of ``amanat.realtime.progress``
    :rtype: dict
    """
    state = {
        "id": row.id,
        "n": row.n,
        "name": row.name,
        "state": "stopped" if is_stopped(row) else row.state,
        "user": row.user_id.id,
        "done": row.done,
        "total": row.total,
        "message": row.message or "",
        "counters": row.counters or [],
        "elapsed": (row.seen_at - row.started_at).total_seconds(),
        "cancellable": row.cancellable,
        "cancelling": row.cancel_requested,
        "seen": row.seen_at.timestamp(),
    }
    if row.res_model:
        state["record"] = {"model": row.res_model, "id": row.res_id}
    return state


def is_stopped(row):
    """Whether a work that is said to be running has not been heard of for long.

    :rtype: bool
    """
    quiet_since = fields.Datetime.now() - STOPPED_AFTER
    return row.state == "running" and row.seen_at < quiet_since


def told_to(env, state):
    """Return what the user of ``env``, who may see the work, is told of its state.

    :param Environment env:
    :param dict state: see :func:`state_of`
    :rtype: dict
    """
    told = {**state, "ago": max(0, time.time() - state["seen"])}
    told["by"] = author_of(env, told.pop("user"))
    del told["seen"]
    record = state.get("record")
    if record and not _may_read(env, record):
        del told["record"]
    return told


def _may_read(env, record):
    if record["model"] not in env:
        return False
    model = env[record["model"]]
    return model.has_access("read") and bool(readable_now([model], [record["id"]])[0])
