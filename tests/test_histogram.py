"""Promise: percentiles from the buckets are off by 28 % at most."""

import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

SHARES = (0.5, 0.95, 0.99)


def counts_of(histogram, values):
    return Counter(map(histogram.bucket_of, values))


def exact(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1]


def test_bounds_grow_by_a_quarter(histogram):
    bounds = histogram.BOUNDS
    assert bounds[0] == 1
    assert bounds[-1] == 100_000
    for low, high in zip(bounds, bounds[1:], strict=False):
        assert 1.2 < high / low < 1.3


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (1.1, (1, 1.25)),
        (100, (80, 100)),
        (101, (100, 125)),
        (100_000, (80_000, 100_000)),
        (100_001, (100_000, math.inf)),
    ],
)
def test_bucket(histogram, value, ends):
    assert histogram.bounds_of(histogram.bucket_of(value)) == ends


def test_nothing_measured(histogram):
    assert histogram.percentile({}, 0.5) is None


def test_one_value(histogram):
    counts = counts_of(histogram, [26])
    assert 25 < histogram.percentile(counts, 0.5) <= 31.5


def test_beyond_the_last_bound(histogram):
    counts = counts_of(histogram, [10**6])
    assert histogram.percentile(counts, 0.99) == 100_000


@pytest.mark.parametrize("share", SHARES)
def test_known_distribution(histogram, share):
    values = list(range(1, 1001))
    counts = counts_of(histogram, values)
    # spread evenly within each bucket, so the interpolation is nearly exact
    assert histogram.percentile(counts, share) == pytest.approx(1000 * share, rel=0.02)


@pytest.mark.parametrize("share", SHARES)
def test_latencies(histogram, share):
    luck = random.Random(7)
    values = [luck.lognormvariate(3.3, 0.6) for _ in range(5000)]
    found = histogram.percentile(counts_of(histogram, values), share)
    assert found == pytest.approx(exact(values, share), rel=0.05)


@given(
    st.lists(st.floats(1.01, 100_000), min_size=1, max_size=60),
    st.sampled_from(SHARES),
)
def test_off_by_28_percent_at_most(histogram, values, share):
    found = histogram.percentile(counts_of(histogram, values), share)
    assert 1 / 1.28 <= found / exact(values, share) <= 1.28
