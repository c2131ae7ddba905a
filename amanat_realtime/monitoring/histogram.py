"""How long things take, in buckets that grow by a quarter: the R10 series.

A percentile is interpolated within its bucket, so above a
millisecond it is off by 28 % at most (1.25 to 1.6).
"""

import bisect
import math

_DECADE = (1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8)
# milliseconds, the upper ends of all buckets but the last one, which has none
BOUNDS = tuple(round(step * 10**power, 2) for power in range(5) for step in _DECADE) + (
    100_000.0,
)


def bucket_of(value):
    """Return the number of the bucket that a value belongs to.

    :param float value: milliseconds
    :rtype: int
    """
    return bisect.bisect_left(BOUNDS, value)


def bounds_of(bucket):
    """Return the ends of a bucket, in milliseconds.

    :param int bucket:
    :rtype: tuple[float, float]
    """
    low = BOUNDS[bucket - 1] if bucket else 0.0
    return low, BOUNDS[bucket] if bucket < len(BOUNDS) else math.inf


def percentile(counts, share):
    """Return the value that this share of all values does not exceed.

    :param dict[int, int] counts: how many values are in a bucket
    :param float share: between 0 and 1
    :return: milliseconds; ``None`` if there are no values
    :rtype: float | None
    """
    whole = sum(counts.values())
    if not whole:
        return None
    wanted = share * whole
    below = 0
    for bucket in sorted(counts):
        if below + counts[bucket] >= wanted:
            low, high = bounds_of(bucket)
            if high == math.inf:
                return low
            return low + (high - low) * (wanted - below) / counts[bucket]
        below += counts[bucket]
    raise ValueError(share)
