"""What the figures say: for the screen, and for those who read it as JSON."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ..wire import timestamp
from . import counters as names
from . import samples
from .counters import merge, total
from .histogram import bounds_of, percentile
from .models import models_of
from .process import memory_limit

MINUTES = 60
# more rows than that are estimated
COUNTED_ROWS = 10_000


def report(env):
    """
    :param Environment env: superuser
    :return: JSON values; ``None`` is what is not known
    :rtype: dict
    """
    now = fields.Datetime.now()
    first = now.replace(second=0) - timedelta(minutes=MINUTES - 1)
    minutes = {first + timedelta(minutes=i): {} for i in range(MINUTES)}
    for minute, figures in env["amanat.realtime.minute"]._since(first):
        # the clock of another host may be ahead
        merge(minutes.setdefault(minute, {}), figures)
    hour = {}
    for figures in minutes.values():
        merge(hour, figures)
    rate = _rate(minutes, now)
    processes = env["amanat.realtime.process"]._alive()
    connected = connections_of(processes)
    return {
        "at": timestamp(now),
        "samples": samples.is_enabled(env),
        "processes": [
            {
                "kind": kind,
                "memory": state["memory"]["resident"],
                "seen": timestamp(seen),
            }
            for kind, seen, state in processes
        ],
        "evented": evented(processes),
        "sockets": connected and connected["sockets"],
        "people": connected and connected["people"],
        "per_minute": {
            name: round(total(rate, name), 1)
            for name in (names.MESSAGES, names.DELIVERED, names.BYTES, names.POLLS)
        },
        "last_hour": {
            name: total(hour, name)
            for name in (
                names.RECORDS,
                names.COALESCED,
                names.REFRESHES,
                names.FILTERED,
                names.NOTIFICATIONS,
                names.PRESENCE,
            )
        },
        "latency": latency_of(hour),
        "minutes": [
            {
                "at": timestamp(minute),
                **{
                    name: total(figures, name)
                    for name in (names.MESSAGES, names.DELIVERED, names.BYTES)
                },
            }
            for minute, figures in sorted(minutes.items())
        ],
        "bus": bus_table(env),
        **models_of(env, connected, rate),
    }


def latency_of(figures):
    """
    :param dict figures:
    :return: in milliseconds: percentiles, and the buckets that are not empty as lower
        end, upper end (``None``: there is none) and count
    :rtype: dict
    """
    counts = samples.counts_of(figures)
    result = {"count": sum(counts.values()), "buckets": []}
    for share in (50, 95, 99):
        result[f"p{share}"] = percentile(counts, share / 100)
    for bucket in range(min(counts, default=0), max(counts, default=-1) + 1):
        low, high = bounds_of(bucket)
        bounded = high if high != float("inf") else None
        result["buckets"].append([low, bounded, counts.get(bucket, 0)])
    return result


def connections_of(processes):
    """Return what is connected to all processes together. People who are connected to
    several are counted several times.

    :param list[tuple] processes: see ``amanat.realtime.process._alive``
    :return: see ``sockets.connections``; ``None`` if it is unknown
    :rtype: dict | None
    """
    result = {"sockets": 0, "people": 0, "models": {}}
    for _kind, _seen, state in processes:
        if state["connections"] is None:
            return None
        result["sockets"] += state["connections"]["sockets"]
        result["people"] += state["connections"]["people"]
        for name, (views, people) in state["connections"]["models"].items():
            known = result["models"].get(name, (0, 0))
            result["models"][name] = (known[0] + views, known[1] + people)
    return result


def evented(processes):
    """Return what memory is taken by what serves the websockets: the worker for them,
    or the server if it is one process only.

    :param list[tuple] processes: see ``amanat.realtime.process._alive``
    :return: bytes: ``memory`` of all such processes, ``limited`` of the largest, see
        ``process.memory``, and ``limit``; ``None`` is unknown or without limit
    :rtype: dict
    """
    kinds = ("evented", "threaded")
    found = [state["memory"] for kind, _seen, state in processes if kind in kinds]
    return {
        "memory": sum(memory["resident"] for memory in found) or None,
        "limited": max((memory["limited"] for memory in found), default=None),
        "limit": memory_limit(),
    }


def bus_table(env):
    """Return how large the table of the bus is.

    :rtype: dict
    """
    [[rows, estimate, size]] = env.execute_query(
        SQL(
            """ SELECT (SELECT count(*) FROM (SELECT FROM bus_bus LIMIT %s) counted),
                       (SELECT reltuples::bigint FROM pg_class
                         WHERE oid = 'bus_bus'::regclass),
                       pg_total_relation_size('bus_bus') """,
            COUNTED_ROWS,
        )
    )
    is_exact = rows < COUNTED_ROWS
    return {
        "rows": rows if is_exact else max(rows, estimate),
        "exact": is_exact,
        "bytes": size,
    }


def _rate(minutes, now):
    """Return figures per minute: those of this one, and as much of the last one as is
    less than a minute ago.
    """
    this = now.replace(second=0)
    left = 1 - now.second / 60
    last = minutes.get(this - timedelta(minutes=1), {})
    weighted = {
        name: {key: number * left for key, number in numbers.items()}
        for name, numbers in last.items()
    }
    return merge(weighted, minutes.get(this, {}))
