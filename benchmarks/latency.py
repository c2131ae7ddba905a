"""How long it takes from a commit to the screen of somebody else."""

import argparse

from playwright.sync_api import expect, sync_playwright

from benchmarks import report
from e2e import browser, measure
from e2e.people import People
from e2e.records import Records
from tools import server

SHAPES = {"threaded": 0, "workers + evented": 2}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.latency", description=__doc__)
    parser.add_argument("--changes", type=int, default=100, help="how many (100)")
    count = parser.parse_args().changes
    lines = [
        f"| {count} changes of a cell | p50 ms | p95 ms | p99 ms |",
        "|---|---|---|---|",
    ]
    machine, rows = report.machine(), []
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        for shape, workers in SHAPES.items():
            with server.running(
                workers=workers, options=["--max-cron-threads=0"]
            ) as odoo:
                changes = _measure(People(odoo, chromium), count)
            for title, begin, end in (
                ("commit → frame in the tab", "committed", "received"),
                ("commit → screen", "committed", "shown"),
            ):
                took = [getattr(c, end) - getattr(c, begin) for c in changes]
                figures = {
                    f"p{p}": measure.percentile(took, p) * 1000 for p in (50, 95, 99)
                }
                rows.append({"shape": shape, "to": title, **figures})
                cells = " | ".join(f"{figure:.0f}" for figure in figures.values())
                lines.append(f"| {shape}: {title} | {cells} |")
        chromium.close()
    print("\n".join(lines))
    report.save("latency", {"machine": machine, "changes": count, "ms": rows})


def _measure(people: People, count: int) -> list[measure.Change]:
    records = Records(people.backend("admin"))
    id_ = records.make_one(quantity=0)
    reader = people.new_tab("admin")
    reader.goto()
    view = reader.open_list(records.domain)
    expect(view.rows).to_have_count(1)
    reader.wait_until_live()
    author = people.backend("demo")
    changes = measure.commit_to_screen(people.odoo, view, author, id_, count)
    people.close()
    return changes


if __name__ == "__main__":
    main()
