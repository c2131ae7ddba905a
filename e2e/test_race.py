"""Promise: of saves that race over HTTP, each either starts from what the one before it
wrote, or is told of the conflict; saves of different fields do not disturb each other.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from e2e.odoo_client import MODEL

BASE = "amanat_realtime_base"
CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflictError"
SERIALIZATION = "psycopg2.errors.SerializationFailure"
THREADS = 8
SAVES = 200
TURNS = SAVES // THREADS


class RefusedError(Exception):
    """The server refused to save.

    :ivar error: the name of its exception
    """

    def __init__(self, data: dict):
        super().__init__(data["message"])
        self.error = data["name"]


class Saver:
    """One window's saves over JSON-RPC, on a connection of its own."""

    def __init__(self, odoo, session_id: str, id_: int):
        self.id = id_
        self._url = f"{odoo.url}/web/dataset/call_kw/{MODEL}"
        self._http = requests.Session()
        self._http.cookies.set("session_id", session_id)

    def read(self, field: str):
        return self._call("web_read", {field: {}})[0][field]

    def save(self, field: str, mine, base) -> None:
        """Save as the web client does, and once more where somebody else came first in
        each of the five times that Odoo itself tries.

        :raises RefusedError: nothing was written
        """
        context = {BASE: {str(self.id): {field: base}}}
        while True:
            try:
                self._call("web_save", {field: mine}, specification={}, context=context)
                return
            except RefusedError as failure:
                if failure.error != SERIALIZATION:
                    raise

    def _call(self, method: str, *args, **kwargs):
        args = [[self.id], *args]
        params = {"model": MODEL, "method": method, "args": args, "kwargs": kwargs}
        answer = self._http.post(
            f"{self._url}/{method}",
            json={"jsonrpc": "2.0", "id": 1, "params": params},
            timeout=60,
        ).json()
        if "error" in answer:
            raise RefusedError(answer["error"]["data"])
        return answer["result"]


@pytest.fixture
def race(people, records):
    """``race(work)``: call ``work(number, saver)`` in each of the threads at once, half
    of them as one person and half as another one; return the id of the record and what
    the calls returned.
    """

    def run(work):
        id_ = records.make_one(quantity=0, amount=0, name=records.name(1))
        start = threading.Barrier(THREADS, timeout=30)

        def one(number):
            user = people.backend(("admin", "demo")[number % 2])
            saver = Saver(people.odoo, user.session_id, id_)
            start.wait()
            return work(number, saver)

        with ThreadPoolExecutor(THREADS) as pool:
            return id_, list(pool.map(one, range(THREADS)))

    return run


def test_one_field(race, backend):
    """Each reads, and writes a number that nobody else writes over what it read."""

    def work(number, saver):
        won, refused = [], 0
        for turn in range(1, TURNS + 1):
            seen, mine = saver.read("quantity"), number * 1000 + turn
            try:
                saver.save("quantity", mine, seen)
                won.append((seen, mine))
            except RefusedError as failure:
                assert failure.error == CONFLICT, failure
                refused += 1
        return won, refused

    id_, results = race(work)
    won = [pair for pairs, _refused in results for pair in pairs]
    refused = sum(count for _won, count in results)
    assert len(won) + refused == SAVES
    assert won
    # following the winners from the first value leads over all of them to the last
    after = dict(won)
    assert len(after) == len(won), "two overwrote the same value"
    value, count = 0, 0
    while value in after:
        value, count = after[value], count + 1
    assert count == len(won), "somebody's value was overwritten unseen"
    assert backend("admin").read(id_, "quantity")["quantity"] == value
    assert refused, "nothing raced"


def test_different_fields(race, backend):
    """A field for each person, who goes on from their own last value."""
    fields = {
        "quantity": int,
        "amount": float,
        "description": str,
        "name": str,
        "date": lambda turn: f"2030-01-{turn:02}",
        "color": int,
        "sequence": int,
        "secret_note": str,
    }
    assert len(fields) == THREADS
    # administrators alone have the last one; theirs are the threads with even numbers
    names = ["secret_note", *(name for name in fields if name != "secret_note")]

    def work(number, saver):
        field = names[number]
        value = saver.read(field)
        for turn in range(1, TURNS + 1):
            mine = fields[field](turn)
            saver.save(field, mine, value)
            value = mine
        return field, value

    id_, results = race(work)
    stored = backend("admin").read(id_, *names)
    assert dict(results) == {name: stored[name] for name in names}
