"""Promise: a benchmark of the fan-out counts only if each watcher was told of each
change once."""

import json

import pytest

from benchmarks.fanout.receipts import Change, Receipt, match, values_in

MS = 1_000_000
CHANGES = [Change(7, 100 * MS, 0.001), Change(8, 200 * MS, 0.001)]
ALL = [
    Receipt(0, 7, 110 * MS),
    Receipt(1, 7, 125 * MS),
    Receipt(0, 8, 205 * MS),
    Receipt(1, 8, 201 * MS),
]


def test_complete():
    delivery = match(CHANGES, ALL, 2)
    assert delivery.complete
    assert sorted(delivery.delays) == [1, 5, 10, 25]


def test_order_does_not_matter():
    assert match(CHANGES, reversed(ALL), 2).complete


@pytest.mark.parametrize("missing", range(len(ALL)))
def test_lost(missing):
    came = [receipt for n, receipt in enumerate(ALL) if n != missing]
    delivery = match(CHANGES, came, 2)
    assert not delivery.complete
    assert (delivery.lost, delivery.duplicated, delivery.foreign) == (1, 0, 0)


def test_nothing_came():
    assert match(CHANGES, [], 2).lost == 4


def test_duplicate_does_not_count_as_a_delay():
    delivery = match(CHANGES, [*ALL, Receipt(1, 7, 500 * MS)], 2)
    assert not delivery.complete
    assert (delivery.lost, delivery.duplicated) == (0, 1)
    assert max(delivery.delays) == 25


def test_duplicate_does_not_stand_for_what_is_lost():
    delivery = match(CHANGES, [*ALL[:3], ALL[0]], 2)
    assert (delivery.lost, delivery.duplicated) == (1, 1)


@pytest.mark.parametrize("stranger", [Receipt(0, 9, MS), Receipt(2, 7, MS)])
def test_foreign(stranger):
    delivery = match(CHANGES, [*ALL, stranger], 2)
    assert not delivery.complete
    assert delivery.foreign == 1


def frame(*payloads):
    notifications = [
        {"id": n, "message": {"type": "x", "payload": payload}}
        for n, payload in enumerate(payloads)
    ]
    return json.dumps(notifications).encode()


def ours(*values):
    diffs = [{"ids": [1], "diff": {"quantity": [0, value]}} for value in values]
    return {"v": 1, "model": "m", "update": diffs}


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (frame({"value": 3, "filling": "x"}), [3]),
        (frame(ours(4)), [4]),
        (frame(ours(4), ours(5)), [4, 5]),
        # what is hidden, what is no change, what others send
        (frame({}, {"v": 1, "create": [1]}, "text", None), []),
        (frame({"update": [{"ids": [1], "stale": ["quantity"]}]}), []),
        (b'{"value": 6, "filling": "x"}', [6]),
    ],
)
def test_values_in_a_frame(content, values):
    assert values_in(content) == values
