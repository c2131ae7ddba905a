"""How many bytes typical changes cost on the wire, taken from frames of a websocket."""

import argparse
import itertools
import json
from collections.abc import Callable

import websocket

from benchmarks import odoo_socket, report
from e2e import database
from e2e.odoo_client import MODEL, OdooClient
from e2e.works import Works
from tools import server

_PLACES = "/amanat_realtime/presence"
_TABS = {"admin": "a" * 24, "demo": "d" * 24}
_PATIENCE = 20


def main() -> None:
    argparse.ArgumentParser(
        prog="benchmarks.message_size", description=__doc__
    ).parse_args()
    machine = report.machine()
    with server.running(modules=("mail",), options=["--max-cron-threads=0"]) as odoo:
        found = _measure(odoo)
    print("| one message | bytes of the frame | bytes per record |")
    print("|---|---|---|")
    for title, (size, records) in found.items():
        print(f"| {title} | {size} | {size / records:.0f} |")
    rows = [
        {"title": title, "bytes": size, "records": records}
        for title, (size, records) in found.items()
    ]
    report.save("message_size", {"machine": machine, "messages": rows})


def _measure(odoo: server.Server) -> dict[str, tuple[int, int]]:
    reader, author = (OdooClient(odoo.url, odoo.db, login) for login in _TABS)
    ids = author.create(*({"name": f"benchmark {n}"} for n in range(300)))
    one = ids[0]
    partner = author.call("res.partner", "search", [], limit=1)[0]
    note = Works(OdooClient(odoo.url, odoo.db, "admin")).action(
        "benchmark",
        f"env[{MODEL!r}].browse({one})._send_realtime_notification("
        "'approve', ['state'], step=2)",
    )
    # what each does, of how many records it tells, and under which key
    changes: dict[str, tuple[Callable[[], object], int, str]] = {
        "one cell": (lambda: author.write(one, quantity=123456), 1, "update"),
        "five cells of a record": (
            lambda: author.write(
                one,
                name="benchmark, another name",
                quantity=7,
                state="in_progress",
                partner_id=partner,
                date="2026-11-26",
            ),
            1,
            "update",
        ),
        "ten records alike": (
            lambda: author.write(ids[:10], quantity=5),
            10,
            "update",
        ),
        "200 records with values of their own": (
            lambda: _own_values(author, ids[:200], 1000),
            200,
            "update",
        ),
        "300 records with values of their own": (
            lambda: _own_values(author, ids, 2000),
            300,
            "refresh",
        ),
        "a new record": (
            lambda: author.create({"name": "benchmark, new"}),
            1,
            "create",
        ),
        "a deleted record": (lambda: author.unlink(ids[299]), 1, "unlink"),
        "presence: somebody opens a record": (
            lambda: _report(author, one),
            1,
            "places",
        ),
        "presence: somebody edits a field": (
            lambda: _report(author, one, state="editing", field="quantity"),
            1,
            "places",
        ),
        "notification of a program": (
            lambda: author.call("ir.actions.server", "run", [note]),
            1,
            "action",
        ),
    }
    _report(reader, one)
    socket = _open(odoo, reader, author)
    found = {}
    for title, (change, records, key) in changes.items():
        change()
        found[title] = (_next_size(socket, key), records)
    socket.close()
    return found


def _own_values(author: OdooClient, ids: list[int], first: int) -> None:
    values = [{"quantity": first + n} for n in range(len(ids))]
    author.call(MODEL, "web_save_multi", ids, values, {})


_numbers = itertools.count(1)


def _report(client: OdooClient, id_: int, **values) -> None:
    place = {"model": MODEL, "id": id_, "state": "viewing", **values}
    # a tab is in the list behind its record, too
    places = [{"model": MODEL, "state": "viewing"}, place]
    params = {"tab": _TABS[client.login], "number": next(_numbers), "places": places}
    client.post(_PLACES, params)


def _open(odoo: server.Server, reader: OdooClient, author: OdooClient):
    """A websocket that is sure to be told of changes."""
    with database.cursor(odoo) as cr:
        cr.execute("SELECT coalesce(max(id), 0) FROM bus_bus")
        [last] = cr.fetchone()
    address = f"localhost:{odoo.port}"
    socket = websocket.create_connection(
        odoo_socket.url(address),
        cookie=f"session_id={reader.session_id}",
        origin=f"http://{address}",
        timeout=_PATIENCE,
    )
    channels = [f"amanat_realtime:{MODEL}"]
    data = {"channels": channels, "last": last}
    socket.send(json.dumps({"event_name": "subscribe", "data": data}))
    [probe] = author.create({"name": "probe"})
    socket.settimeout(0.5)
    for attempt in itertools.count(1):
        author.write(probe, quantity=attempt)
        try:
            socket.recv()
            break
        except websocket.WebSocketTimeoutException:
            if attempt > _PATIENCE * 2:
                raise
    # the end of what the probing caused
    author.write(probe, quantity=-1)
    socket.settimeout(_PATIENCE)
    while '"quantity":[' not in (frame := socket.recv()) or ",-1]" not in frame:
        pass
    return socket


def _next_size(socket, key: str) -> int:
    """The size of the next frame that says something.

    :param key: that its one message has
    :raises RuntimeError: it is about something else
    """
    while True:
        frame = socket.recv()
        notifications = json.loads(frame)
        told = [n["message"]["payload"] for n in notifications]
        if any(told):
            if len(told) == 1 and key in told[0]:
                return len(frame.encode())
            raise RuntimeError(f"not one message with {key}: {frame[:1000]}")


if __name__ == "__main__":
    main()
