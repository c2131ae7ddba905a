"""A process that publishes to the group when it is told to. The clock is read right
before.
"""

import asyncio
import json
import sys
import time
from multiprocessing.connection import Client

from benchmarks.fanout.channels_side.layer import GROUP, set_up
from benchmarks.fanout.pace import paced


async def _publish(layer, value: int, filling: str) -> tuple[int, int, float]:
    text = json.dumps({"value": value, "filling": filling})
    at = time.time_ns()
    begin = time.perf_counter()
    await layer.group_send(GROUP, {"type": "change", "text": text})
    return value, at, time.perf_counter() - begin


async def _serve(address: str, filling: str) -> None:
    set_up()
    from channels.layers import get_channel_layer

    layer = get_channel_layer()
    with Client(address) as connection:
        connection.send("ready")
        while order := connection.recv():
            first, count, rate = order
            connection.send(
                [
                    await _publish(layer, first + number, filling)
                    for number in paced(count, rate)
                ]
            )


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
