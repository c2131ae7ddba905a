"""Stages that run in a process of their own beside another one."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tools import output
from tools.stage import Result

# what is called need not be importable
_FORK = multiprocessing.get_context("fork")


class Beside:
    """Runs stages; what they write goes to a log, and is shown at their end.

    :param work: runs them, in the process
    """

    def __init__(self, work: Callable[[], list[Result]], log: Path):
        self._log = log
        self._receiver, sender = _FORK.Pipe(duplex=False)
        log.parent.mkdir(parents=True, exist_ok=True)
        self._process = _FORK.Process(target=self._run, args=(work, sender))
        self._process.start()
        # the other end is the process's alone: its end is then seen here
        sender.close()

    def results(self) -> list[Result]:
        """Wait for the end of all."""
        try:
            results = self._receiver.recv()
        except EOFError:
            results = [Result("beside", "the run broke off", False, 0)]
        output.say(self._log.read_text(errors="replace"))
        return results

    def stop(self) -> None:
        """End them if they run; they tidy up."""
        self._process.terminate()
        self._process.join()

    def _run(self, work, sender):
        with self._log.open("w") as log:
            for stream in (sys.stdout, sys.stderr):
                os.dup2(log.fileno(), stream.fileno())
        sender.send(work())
