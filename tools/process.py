"""Child processes that never outlive this one."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def start(
    command: Sequence[str | Path], *, log: Path | None = None, **options
) -> subprocess.Popen:
    """Start a process in a session of its own.

    Its own session, because Ctrl-C goes to the whole foreground group: what is
    started here is stopped in order by :func:`stop`. It gets SIGTERM if this
    process dies without having stopped it.

    :param log: file that takes its output, appended
    """
    with contextlib.ExitStack() as stack:
        if log:
            log.parent.mkdir(parents=True, exist_ok=True)
            options["stdout"] = stack.enter_context(log.open("ab"))
            options["stderr"] = subprocess.STDOUT
        return subprocess.Popen(
            [str(part) for part in command],
            start_new_session=True,
            preexec_fn=_die_with_parent,
            **{"stdin": subprocess.DEVNULL, **options},
        )


def stop(child: subprocess.Popen, sig: int = signal.SIGINT, patience: float = 15):
    """Ask a process to end, then end its whole session for good."""
    if child.poll() is None:
        child.send_signal(sig)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def run(
    command: Sequence[str | Path], *, log: Path | None = None, **options
) -> subprocess.CompletedProcess:
    """Run a process to its end; it ends with us if we are interrupted."""
    child = start(command, log=log, **options)
    try:
        out, err = child.communicate()
    except BaseException:
        stop(child)
        raise
    return subprocess.CompletedProcess(child.args, child.returncode, out, err)


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
