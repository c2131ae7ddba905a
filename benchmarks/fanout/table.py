"""Results as text."""

from collections.abc import Sequence

_COLUMNS = (
    ("p50 ms", "p50", ".0f"),
    ("p95 ms", "p95", ".0f"),
    ("p99 ms", "p99", ".0f"),
    ("CPU ms per message", "cpu", ".3f"),
    ("MB per socket", "memory", ".2f"),
    ("bytes per message", "size", ".0f"),
    ("commit ms", "commit", ".1f"),
)
# of these, smaller is better, and plain bus is what they are compared with
_COMPARED = {"p50", "p95", "p99", "cpu"}


def fanout(rows: Sequence[dict], base: str) -> str:
    """A table of medians, with ratios to one of the peers.

    :param rows: ``name``, ``title``, ``watchers``, ``rate`` and ``median`` of each
    :param base: the name of the peer that the others are compared with
    """
    lines = [
        "| | watchers × changes/s | " + " | ".join(c[0] for c in _COLUMNS) + " | |",
        "|---" * (len(_COLUMNS) + 3) + "|",
    ]
    based = {(r["watchers"], r["rate"]): r["median"] for r in rows if r["name"] == base}
    order = {name: n for n, name in enumerate(dict.fromkeys(r["name"] for r in rows))}
    for row in sorted(rows, key=lambda r: (r["watchers"], r["rate"], order[r["name"]])):
        own = row["median"]
        other = based.get((row["watchers"], row["rate"]))
        if row["name"] == base:
            other = None
        cells = [_cell(own, other, name, form) for _title, name, form in _COLUMNS]
        where = f"{row['watchers']} × {row['rate']:g}"
        failed = f"**failed**: {own['failed']}" if own["failed"] else ""
        lines.append(f"| {row['title']} | {where} | {' | '.join(cells)} | {failed} |")
    return "\n".join(lines)


def _cell(own: dict, base: dict | None, name: str, form: str) -> str:
    if own[name] is None:
        return ""
    text = format(own[name], form)
    if name in _COMPARED and base and base[name]:
        text += f" (× {own[name] / base[name]:.2f})"
    return text


def statements(counted: dict[str, dict[int, float]]) -> str:
    """A table of SQL statements per change.

    :param counted: by the title of a peer and the number of watchers
    """
    numbers = list(next(iter(counted.values()), {}))
    lines = [
        "| SQL statements per change | "
        + " | ".join(f"{number} watchers" for number in numbers)
        + " |",
        "|---" * (len(numbers) + 1) + "|",
    ]
    for title, found in counted.items():
        cells = [f"{found[number]:.1f}" for number in numbers]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)
