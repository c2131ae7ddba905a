"""Promise: what is counted is written down once, whoever counts at the same time."""

import threading
from datetime import datetime

import pytest

NOON = datetime(2026, 11, 26, 12)
LATER = datetime(2026, 11, 26, 12, 1)


@pytest.fixture
def mine(counters):
    return counters.Counters()


def test_sums_by_key(mine):
    mine.add("db", {"messages": {"a": 1, "b": 2}})
    mine.add("db", {"messages": {"a": 3}, "polls": {"": 1}})
    assert mine.take("db") == {"messages": {"a": 4, "b": 2}, "polls": {"": 1}}


def test_taken_once(mine):
    mine.add("db", {"polls": {"": 1}})
    mine.take("db")
    assert mine.take("db") == {}


def test_databases_do_not_share(mine):
    mine.add("one", {"polls": {"": 1}})
    assert mine.take("other") == {}
    assert mine.take("one") == {"polls": {"": 1}}


def test_what_is_added_is_left_as_it_is(mine):
    figures = {"polls": {"": 1}}
    mine.add("db", figures)
    mine.add("db", figures)
    assert figures == {"polls": {"": 1}}
    assert mine.take("db") == {"polls": {"": 2}}


def test_threads_lose_nothing(counters, mine):
    taken = {}

    def count():
        for _ in range(2000):
            mine.add("db", {"polls": {"": 1}})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        counters.merge(taken, mine.take("db"))
    counters.merge(taken, mine.take("db"))
    assert taken == {"polls": {"": 16000}}


def test_ledger(counters):
    ledger = counters.Ledger()
    ledger.book(NOON, {"polls": {"": 1}})
    ledger.book(NOON, {"polls": {"": 2}})
    assert ledger.figures == {"polls": {"": 3}}
    ledger.book(LATER, {"polls": {"": 4}})
    assert ledger.figures == {"polls": {"": 4}}
    assert ledger.totals == {"polls": {"": 7}}


def test_total(counters):
    assert counters.total({"messages": {"a": 1, "b": 2}}, "messages") == 3
    assert counters.total({}, "messages") == 0
