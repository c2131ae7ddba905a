"""What browsers measure: how long it takes from a commit to the screen."""

import math

from ..parameters import is_on
from .counters import LATENCY, LATENCY_SUM
from .histogram import bucket_of

PARAMETER = "amanat_realtime.samples"
MAX_SAMPLES = 100
# milliseconds; what takes longer is no latency but an interruption
LONGEST = 100_000


def is_enabled(env):
    """Whether browsers measure at all.

    :rtype: bool
    """
    return is_on(env, PARAMETER)


def parse_values(values):
    """Check what a browser has sent.

    :param values: milliseconds
    :rtype: list[float]
    :raise ValueError: if it is anything else
    """
    if not isinstance(values, list):
        raise ValueError("not a list")
    if len(values) > MAX_SAMPLES:
        raise ValueError(f"more than {MAX_SAMPLES} samples")
    for value in values:
        # NaN passes as JSON here, and so do numbers of any size
        if type(value) not in (int, float) or not 0 <= value <= LONGEST:
            raise ValueError(f"a sample is no number from 0 to {LONGEST}")
    return [float(value) for value in values]


def figures_of(values):
    """Return what is kept of samples: how many are in each bucket.

    :param list[float] values: milliseconds
    :rtype: dict
    """
    buckets = {}
    for value in values:
        key = str(bucket_of(value))
        buckets[key] = buckets.get(key, 0) + 1
    return {LATENCY: buckets, LATENCY_SUM: {"": math.fsum(values)}} if values else {}


def counts_of(figures):
    """The inverse of :func:`figures_of`, without the sum.

    :rtype: dict[int, int]
    """
    return {int(bucket): n for bucket, n in figures.get(LATENCY, {}).items()}
