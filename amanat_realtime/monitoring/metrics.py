"""The figures as Prometheus reads them."""

from ..activation.switches import is_enabled
from . import counters as names
from . import samples
from .exposition import family, histogram, text_of
from .histogram import BOUNDS
from .report import bus_table, connections_of, evented

PREFIX = "amanat_realtime"
_COUNTERS = (
    (names.MESSAGES, "messages", "Messages about changes, before delivery"),
    (names.RECORDS, "records", "Changed records that messages told of"),
    (names.COALESCED, "coalesced", "Changed records without a message of their own"),
    (names.REFRESHES, "refreshes", "Messages that only say: look again"),
    (names.NOTIFICATIONS, "notifications", "Notifications sent by programs"),
    (names.PRESENCE, "presence", "Messages about who is where"),
    (names.DELIVERED, "delivered", "Messages given to recipients"),
    (names.BYTES, "delivered_bytes", "Length of what recipients were given"),
    (names.FILTERED, "filtered", "Messages kept from a recipient by access rights"),
)


def metrics_text(env):
    """
    :param Environment env: superuser
    :rtype: str
    """
    totals = env["amanat.realtime.process"]._totals()
    processes = env["amanat.realtime.process"]._alive()
    families = [
        family(
            f"{PREFIX}_{name}_total",
            "counter",
            text,
            _by_model(totals.get(figure, {})),
        )
        for figure, name, text in _COUNTERS
    ]
    polls = sum(totals.get(names.POLLS, {}).values())
    families.append(
        family(
            f"{PREFIX}_polls_total",
            "counter",
            "Requests of browsers that have no websocket",
            [("", {}, polls)],
        )
    )
    families.append(
        family(
            f"{PREFIX}_latency_seconds",
            "histogram",
            "From a commit to the screen, as browsers measure it",
            histogram(
                [bound / 1000 for bound in BOUNDS],
                samples.counts_of(totals),
                sum(totals.get(names.LATENCY_SUM, {}).values()) / 1000,
            ),
        )
    )
    families.extend(_gauges(env, processes))
    return text_of(families)


def _gauges(env, processes):
    connected = connections_of(processes)
    bus = bus_table(env)
    for name, text, value in (
        ("enabled", "Whether live updates are switched on", int(is_enabled(env))),
        ("websockets", "Open websockets", connected and connected["sockets"]),
        ("people", "People with a websocket", connected and connected["people"]),
        (
            "evented_memory_bytes",
            "Resident memory of what serves the websockets",
            evented(processes)["memory"],
        ),
        ("bus_rows", "Rows of the table of the bus, about", bus["rows"]),
        ("bus_bytes", "Size of the table of the bus with its indexes", bus["bytes"]),
    ):
        # what is not known is left out
        values = [] if value is None else [("", {}, value)]
        yield family(f"{PREFIX}_{name}", "gauge", text, values)
    followed = connected["models"] if connected else {}
    for position, (name, text) in enumerate(
        (("model_views", "Open views"), ("model_people", "People with an open view"))
    ):
        values = {model: pair[position] for model, pair in followed.items()}
        yield family(f"{PREFIX}_{name}", "gauge", text, _by_model(values))


def _by_model(numbers):
    return [("", {"model": name}, n) for name, n in sorted(numbers.items())]
