"""What many changes do to an open list: its longest task, and its memory after them."""

import argparse
import random
import time

from playwright.sync_api import expect, sync_playwright

from benchmarks import report
from benchmarks.heap import heap_of
from e2e import browser
from e2e.frames import Frames
from e2e.odoo_client import MODEL
from e2e.people import People
from e2e.records import Records
from tools import server

#: records that one transaction changes, each with a value of its own
_AT_ONCE = 10
_PATIENCE = 120_000

_SHOWS = """([text]) => [...document.querySelectorAll("td[name=quantity]")].some(
    (cell) => cell.textContent === text)"""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.list_patches", description=__doc__
    )
    parser.add_argument(
        "--rows",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[80, 400, 2000],
        help="of lists (80,400,2000)",
    )
    parser.add_argument("--changes", type=int, default=10_000, help="of cells (10000)")
    parser.add_argument("--rate", type=int, default=10, help="transactions/s (10)")
    options = parser.parse_args()
    machine, found = report.machine(), []
    with (
        sync_playwright() as playwright,
        server.running(options=["--max-cron-threads=0"]) as odoo,
    ):
        chromium = browser.launch(playwright)
        for rows in options.rows:
            people = People(odoo, chromium)
            measured = _measure(people, rows, options.changes, options.rate)
            found.append({"rows": rows, **measured})
            people.close()
        chromium.close()
    _print(found)
    content = {"machine": machine, "options": vars(options), "lists": found}
    report.save("list_patches", content)


def _measure(people: People, rows: int, changes: int, rate: int) -> dict:
    records = Records(people.backend("admin"))
    ids = records.make(rows, quantity=0)
    reader = people.new_tab("admin")
    reader.goto()
    view = reader.open_list(records.domain, limit=rows)
    expect(view.rows).to_have_count(rows, timeout=_PATIENCE)
    reader.wait_until_live()
    before = heap_of(view.page)
    # what core alone needs to draw the list once: a measure of the machine
    frames = Frames(view.page)
    drawn = frames.draw_all()
    author = people.backend("demo")
    chosen = random.Random(4)
    begin = time.monotonic()
    for number in range(changes // _AT_ONCE):
        some = chosen.sample(ids, _AT_ONCE)
        values = [{"quantity": number * _AT_ONCE + n + 1} for n in range(_AT_ONCE)]
        author.call(MODEL, "web_save_multi", some, values, {})
        due = begin + (number + 1) / rate
        time.sleep(max(0, due - time.monotonic()))
    took = time.monotonic() - begin
    last = f"{values[-1]['quantity']:,}"
    view.page.wait_for_function(_SHOWS, arg=[last], timeout=_PATIENCE)
    reader.settle()
    tasks = frames.long_tasks()
    records.require_shown(view, "quantity", limit=rows)
    after = heap_of(view.page)
    view.page.close()
    records.remove_all()
    return {
        "changes": changes,
        "seconds": took,
        "longest_task_ms": max(tasks, default=0),
        "long_tasks": len(tasks),
        "held_up_percent": sum(tasks) / (took * 10),
        "draw_all_ms": drawn,
        "heap_before_mb": before,
        "heap_after_mb": after,
    }


def _print(found: list[dict]) -> None:
    print(
        "| rows | changes | changes/s | longest task ms | tasks of 50 ms and more "
        "| of the time | core draws the list in ms | heap before MB | after MB |"
    )
    print("|---" * 9 + "|")
    for row in found:
        cells = (
            f"{row['rows']}",
            f"{row['changes']}",
            f"{row['changes'] / row['seconds']:.0f}",
            f"{row['longest_task_ms']:.0f}",
            f"{row['long_tasks']}",
            f"{row['held_up_percent']:.1f} %",
            f"{row['draw_all_ms']:.0f}",
            f"{row['heap_before_mb']:.0f}",
            f"{row['heap_after_mb']:.0f}",
        )
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
