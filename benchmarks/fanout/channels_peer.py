"""Django Channels with Redis, served by Daphne: one group, no rights."""

import contextlib
import dataclasses
import functools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.fanout.peer import FILLING, Peer, Running
from benchmarks.helper import helping
from tools import locks, ports, process, programs, venv
from tools.errors import ToolError
from tools.settings import ROOT, Settings

NAME = "channels"
# Odoo puts each message into one
_ENVELOPE = "x" * 50
_START_PATIENCE = 30
_SIDE = "benchmarks.fanout.channels_side"
# what Debian's package needs beside what every machine has
_REDIS_NEEDS = ("redis-tools", "libjemalloc2", "liblzf1")


def peer(settings: Settings, people: int) -> Peer:
    """What to compare with.

    :param people: how many may watch at once
    """
    site = _Site(settings)
    # downloads would disturb what is measured before the first turn
    site.python()
    site.redis_server()
    return Peer(NAME, "Django Channels", functools.partial(site.served, people))


@dataclasses.dataclass(frozen=True)
class _Site:
    settings: Settings

    @property
    def log(self) -> Path:
        return self.settings.logs / "bench-channels.log"

    @contextlib.contextmanager
    def served(self, people: int) -> Iterator[Running]:
        python = self.python()
        with self._redis() as redis_port:
            environ = os.environ | {
                "BENCHMARK_REDIS_PORT": str(redis_port),
                "PYTHONPATH": str(ROOT),
            }
            port = ports.free()
            daphne = process.start(
                [
                    python, "-m", "daphne", "--bind", "127.0.0.1", "--port", str(port),
                    "--verbosity", "0", f"{_SIDE}.asgi:application",
                ],
                log=self.log, env=environ,
            )  # fmt: skip

            def author(address: str):
                filling = FILLING + _ENVELOPE
                command = [python, "-m", f"{_SIDE}.author", address, filling]
                return process.start(command, log=self.log, env=environ)

            try:
                self._wait_for(daphne, port)
                with helping(author) as own:
                    yield Running(
                        url=f"ws://127.0.0.1:{port}/",
                        headers=[{}] * people,
                        hello=None,
                        process=psutil.Process(daphne.pid),
                        author=own,
                    )
            finally:
                process.stop(daphne, signal.SIGTERM, patience=5)

    @contextlib.contextmanager
    def _redis(self) -> Iterator[int]:
        program = self.redis_server()
        port = ports.free()
        child = process.start(
            [
                program, "--bind", "127.0.0.1", "--port", str(port), "--save", "",
                "--appendonly", "no",
            ],
            log=self.log, env=os.environ | programs.libraries(self.settings, program),
        )  # fmt: skip
        try:
            self._wait_for(child, port)
            yield port
        finally:
            process.stop(child, signal.SIGTERM, patience=5)

    def redis_server(self) -> Path:
        return programs.find(
            self.settings, "redis-server", "usr/bin/redis-server", "Redis", _REDIS_NEEDS
        )

    def python(self) -> Path:
        home = self.settings.data / "bench-channels-venv"
        with locks.exclusive(self.settings.locks / home.name):
            venv.create(home, self.settings)
            venv.install(home, "bench-channels", self.settings)
        return home / "bin" / "python"

    def _wait_for(self, child: subprocess.Popen, port: int) -> None:
        """Return when a process listens."""
        deadline = time.monotonic() + _START_PATIENCE
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return
            if child.poll() is not None or time.monotonic() > deadline:
                raise ToolError(f"nothing listens (log: {self.log})")
            time.sleep(0.1)
