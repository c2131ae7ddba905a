"""Locks between processes, which end with their holder however it ends."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait until this process alone holds the lock."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def try_exclusive(path: Path) -> Iterator[bool]:
    """Yield whether this process alone holds the lock now."""
    with _opened(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextlib.contextmanager
def shared(path: Path) -> Iterator[None]:
    """Be one of the holders of the lock."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def _opened(path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    # Python opens files non-inheritable, so a child does not keep the lock
    with path.open("a") as handle:
        yield handle
