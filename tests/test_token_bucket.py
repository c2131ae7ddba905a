"""Promise: a session may report in bursts, but not faster than the rate for long, and
many sessions do not fill the memory.
"""

import pytest


@pytest.fixture
def clock():
    return [100.0]


@pytest.fixture
def buckets(token_bucket, clock):
    return token_bucket.TokenBuckets(burst=3, rate=2, size=2, clock=lambda: clock[0])


def taken(buckets, key, times):
    return sum(buckets.take(key) for _ in range(times))


def test_burst(buckets):
    assert taken(buckets, "a", 10) == 3


def test_comes_back_with_time(buckets, clock):
    taken(buckets, "a", 10)
    clock[0] += 0.5
    assert taken(buckets, "a", 10) == 1


def test_never_more_than_the_burst(buckets, clock):
    taken(buckets, "a", 10)
    clock[0] += 3600
    assert taken(buckets, "a", 10) == 3


def test_refusals_cost_nothing(buckets, clock):
    taken(buckets, "a", 1000)
    clock[0] += 1
    assert taken(buckets, "a", 10) == 2


def test_sessions_do_not_share(buckets):
    taken(buckets, "a", 10)
    assert taken(buckets, "b", 10) == 3


def test_least_used_is_forgotten(buckets):
    for key in "abac":
        taken(buckets, key, 10)
    assert taken(buckets, "a", 10) == 0
    assert taken(buckets, "b", 10) == 3


def test_clear(buckets):
    taken(buckets, "a", 10)
    buckets.clear()
    assert buckets.take("a")


def test_the_contract(token_bucket):
    buckets = token_bucket.TokenBuckets(clock=lambda: 0)
    assert taken(buckets, "a", 100) == 20
