"""Which message answers which change, and whether each came exactly once."""

import collections
import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Change(NamedTuple):
    """A change that was committed.

    :ivar value: no other change has it
    :ivar at: nanoseconds since the epoch, taken right before the commit
    :ivar took: seconds that the commit took its author
    """

    value: int
    at: int
    took: float


class Receipt(NamedTuple):
    """A message that one watcher was sent.

    :ivar watcher: number of the socket
    :ivar value: of the change that it tells of
    :ivar at: nanoseconds since the epoch
    """

    watcher: int
    value: int
    at: int


@dataclasses.dataclass(frozen=True)
class Delivery:
    """What became of some changes.

    :ivar delays: milliseconds from a change to each of its receipts
    :ivar lost: receipts that are missing
    :ivar duplicated: receipts that are too many
    :ivar foreign: receipts of no change, or by nobody
    """

    delays: list[float]
    lost: int
    duplicated: int
    foreign: int

    @property
    def complete(self) -> bool:
        """Whether every watcher was told of each change exactly once."""
        return not (self.lost or self.duplicated or self.foreign)


def match(
    changes: Sequence[Change], receipts: Iterable[Receipt], watchers: int
) -> Delivery:
    """Find the change of each receipt.

    :param watchers: how many should have got each change; they are numbered from 0
    """
    committed = {change.value: change.at for change in changes}
    seen = collections.Counter()
    delays = []
    foreign = 0
    for watcher, value, at in receipts:
        if value not in committed or not 0 <= watcher < watchers:
            foreign += 1
            continue
        seen[watcher, value] += 1
        if seen[watcher, value] == 1:
            delays.append((at - committed[value]) / 1e6)
    return Delivery(
        delays,
        lost=len(committed) * watchers - len(seen),
        duplicated=seen.total() - len(seen),
        foreign=foreign,
    )


def values_in(frame: bytes) -> list[int]:
    """The values of the changes that a frame of any of the servers tells of."""
    content = json.loads(frame)
    if isinstance(content, dict):
        return [content["value"]]
    payloads = [notification["message"]["payload"] for notification in content]
    return [value for payload in payloads for value in _values_of(payload)]


def _values_of(payload) -> list[int]:
    if not isinstance(payload, dict):
        return []
    if "value" in payload:
        return [payload["value"]]
    diffs = [group.get("diff", {}) for group in payload.get("update", ())]
    return [diff["quantity"][1] for diff in diffs if "quantity" in diff]
