"""Processes of a benchmark that are told what to do and answer."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Listener
from pathlib import Path
from subprocess import Popen

from tools import process

_START_PATIENCE = 60


class Helper:
    """Another process, which does one thing after the other."""

    def __init__(self, connection):
        self._connection = connection

    def ask(self, order):
        """Give an order, and wait for what comes of it.

        :raises EOFError: the process ended
        :raises RuntimeError: it could not do it, and says why
        """
        self._connection.send(order)
        answer = self._connection.recv()
        if isinstance(answer, RuntimeError):
            raise answer
        return answer


@contextlib.contextmanager
def helping(start: Callable[[str], Popen]) -> Iterator[Helper]:
    """Start a process that connects to an address, says "ready" and waits for orders.

    :param start: is given the address
    :raises TimeoutError: it does not connect
    """
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "socket")
        with Listener(address, "AF_UNIX") as listener:
            # the listener has no other way to stop waiting for who never comes
            listener._listener._socket.settimeout(_START_PATIENCE)
            child = start(address)
            try:
                with listener.accept() as connection:
                    connection.recv()
                    yield Helper(connection)
                    with contextlib.suppress(OSError):
                        connection.send(None)
            finally:
                process.stop(child)
