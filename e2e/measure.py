"""How long a change takes from its commit to the screen of somebody else."""

import dataclasses
import statistics
from collections.abc import Sequence

from e2e import database
from e2e.odoo_client import OdooClient
from e2e.pages import ListView
from tools.server import Server

FIELD = "quantity"

_WATCH = """(cell) => {
    const seen = (window.amanatE2E.seen = {});
    const note = () => {
        const value = cell.innerText.replace(/\\D/g, "");
        seen[value] ??= performance.timeOrigin + performance.now();
    };
    new MutationObserver(note).observe(cell, {
        subtree: true, childList: true, characterData: true,
    });
}"""


@dataclasses.dataclass(frozen=True)
class Change:
    """What became of one change; times are in seconds since the epoch.

    :ivar committed: its message was written, right before the commit
    :ivar received: the frame was in the tab
    :ivar shown: the cell had the new text
    """

    value: int
    committed: float
    received: float
    shown: float


def commit_to_screen(
    odoo: Server, view: ListView, author: OdooClient, id_: int, count: int = 100
) -> list[Change]:
    """Change a cell so many times, each time after the last change was shown.

    :param view: a live list with that record only, whose quantity is 0
    """
    client = view.client
    cell = view.rows.locator(f"td[name={FIELD}]")
    cell.evaluate(_WATCH)
    for value in range(1, count + 1):
        author.write(id_, **{FIELD: value})
        client.page.wait_for_function(
            "value => value in window.amanatE2E.seen", arg=value
        )
    shown = client.page.evaluate("() => window.amanatE2E.seen")
    rows = {
        notification["message"]["payload"]["update"][0]["diff"][FIELD][1]: notification
        for notification in client.bus.notifications()
        if notification["message"]["payload"]
    }
    committed = _written(odoo, [row["id"] for row in rows.values()])
    return [
        Change(
            value,
            committed[rows[value]["id"]],
            rows[value]["receivedAt"] / 1000,
            shown[str(value)] / 1000,
        )
        for value in range(1, count + 1)
    ]


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def summary(seconds: Sequence[float]) -> str:
    """``p50 12 ms, p95 …``"""
    found = ((p, percentile(seconds, p) * 1000) for p in (50, 95, 99))
    return ", ".join(f"p{p} {value:.0f} ms" for p, value in found)


def _written(odoo: Server, ids: list[int]) -> dict[int, float]:
    """When rows of the bus were written, by PostgreSQL's clock (on this machine)."""
    with database.cursor(odoo) as cursor:
        cursor.execute(
            "SELECT id, extract(epoch FROM create_date AT TIME ZONE 'UTC')::float"
            " FROM bus_bus WHERE id = ANY(%s)",
            [ids],
        )
        return dict(cursor.fetchall())
