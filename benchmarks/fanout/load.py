"""Many websockets in a process of their own, which notes when each message came.

It does what it is told over a connection of ``multiprocessing`` (see :class:`Watchers`
in ``watchers.py``). Nothing is parsed while messages come in: that is done at the end.
"""

import asyncio
import collections
import gc
import json
import sys
import time
from multiprocessing.connection import Client

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from benchmarks.fanout.receipts import Receipt, values_in

# a server needs a moment for each
_AT_ONCE = 8
# seconds in which what comes twice may still come
_QUIET = 0.5


class _Watcher(WSListener):
    def __init__(self, load: "_Load", number: int):
        self.load = load
        self.number = number

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            payload = frame.get_payload_as_bytes()
            self.load.frames.append((self.number, time.time_ns(), payload))
            self.load.news.set()
        elif frame.msg_type == WSMsgType.CLOSE:
            self.load.closed += 1
            transport.disconnect()


class _Load:
    def __init__(self):
        self.frames = collections.deque()
        self.news = asyncio.Event()
        self.closed = 0
        self.transports = []
        self.receipts: list[Receipt] = []
        self.bytes = 0

    async def connect(self, url: str, headers: list[dict], hello: dict | None) -> None:
        """Open one more socket for each set of headers, and say hello on it."""
        limit = asyncio.Semaphore(_AT_ONCE)
        numbers = range(len(self.transports), len(self.transports) + len(headers))
        self.transports += await asyncio.gather(
            *(
                self._connect_one(limit, number, url, own, hello)
                for number, own in zip(numbers, headers, strict=True)
            )
        )

    async def _connect_one(self, limit, number, url, headers, hello) -> WSTransport:
        async with limit:
            transport, _watcher = await ws_connect(
                lambda: _Watcher(self, number),
                url,
                extra_headers=headers,
                websocket_handshake_timeout=60,
            )
            if hello:
                transport.send(WSMsgType.TEXT, json.dumps(hello).encode())
            return transport

    async def collect(
        self, count: int, first: int, patience: float, limit: float
    ) -> dict:
        """Wait until so many messages with a value of ``first`` or more are here.

        :param patience: seconds without any of them after which the wait is over
        :param limit: seconds after which it is over anyway
        :return: what came: ``receipts``, their ``bytes``, ``closed`` sockets
        """
        end = time.monotonic() + limit
        deadline = time.monotonic() + patience
        while (left := min(deadline, end) - time.monotonic()) > 0:
            await self._wait_until_quiet(end)
            if self._parse(first):
                if len(self.receipts) >= count:
                    patience = _QUIET
                deadline = time.monotonic() + patience
                continue
            try:
                await asyncio.wait_for(self.news.wait(), left)
            except asyncio.TimeoutError:
                break
        came = {
            "receipts": self.receipts,
            "bytes": self.bytes,
            "closed": self.closed,
        }
        self.receipts, self.bytes = [], 0
        return came

    async def _wait_until_quiet(self, end: float) -> None:
        """Parsing takes as long as many messages: the last ones would come late."""
        while time.monotonic() < end:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), _QUIET)
            except asyncio.TimeoutError:
                return

    def _parse(self, first: int) -> bool:
        before = len(self.receipts)
        while self.frames:
            number, at, payload = self.frames.popleft()
            values = [value for value in values_in(payload) if value >= first]
            if values:
                self.receipts += (Receipt(number, value, at) for value in values)
                self.bytes += len(payload)
        return len(self.receipts) > before


async def _serve(address: str) -> None:
    load = _Load()
    loop = asyncio.get_running_loop()
    with Client(address) as connection:
        connection.send("ready")
        while order := await loop.run_in_executor(None, connection.recv):
            name, arguments = order
            try:
                answer = await getattr(load, name)(**arguments)
            except Exception as error:
                answer = RuntimeError(f"{name}: {error!r}")
            connection.send(answer)
    for transport in load.transports:
        transport.disconnect(graceful=False)


if __name__ == "__main__":
    # a collection of many small tuples would hold up the clock
    gc.disable()
    asyncio.run(_serve(sys.argv[1]))
