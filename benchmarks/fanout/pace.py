"""Changes at a steady rate. Runs in three environments, so it needs nothing of ours."""

import time


def paced(count, rate):
    """Yield numbers from 0, each when it is due.

    :param int count:
    :param float rate: how many a second
    """
    begin = time.monotonic()
    for number in range(count):
        time.sleep(max(0, begin + number / rate - time.monotonic()))
        yield number
