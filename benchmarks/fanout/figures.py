"""The figures of one peer in one situation, and what several rounds make of them."""

import dataclasses
import statistics
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was measured; None where there is nothing to say.

    :ivar p50: milliseconds from the commit to the frame, as p95 and p99
    :ivar cpu: milliseconds of the server's process per delivered message
    :ivar memory: MB of the server's process per socket
    :ivar size: bytes per message; a frame may hold several
    :ivar commit: milliseconds that a commit took its author
    :ivar rate: changes a second that the author reached
    :ivar lost: messages that never came
    :ivar duplicated: messages that came again
    :ivar closed: sockets that the server closed
    :ivar failed: why the round does not count, or nothing
    """

    p50: float | None
    p95: float | None
    p99: float | None
    cpu: float | None
    memory: float | None
    size: float | None
    commit: float | None
    rate: float | None
    lost: int
    duplicated: int
    closed: int
    failed: str = ""


def nothing(why: str) -> Figures:
    """The figures of what could not be measured."""
    unknown = dict.fromkeys(f.name for f in dataclasses.fields(Figures))
    return Figures(
        **{**unknown, "lost": 0, "duplicated": 0, "closed": 0, "failed": why}
    )


_SUMMED = ("lost", "duplicated", "closed")


def median(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure over the rounds that count.

    What was lost is the sum of all, and one failed round makes the whole one failed.
    """
    counted = [each for each in rounds if not each.failed]

    def middle(name: str) -> float | None:
        values = [getattr(each, name) for each in counted]
        known = [value for value in values if value is not None]
        return statistics.median(known) if known else None

    names = [field.name for field in dataclasses.fields(Figures)]
    found = {name: middle(name) for name in names if name != "failed"}
    found |= {name: sum(getattr(r, name) for r in rounds) for name in _SUMMED}
    failed = "; ".join(each.failed for each in rounds if each.failed)
    return Figures(**found, failed=failed)
