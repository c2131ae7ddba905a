"""How a list of many rows feels while others change it all the time."""

import argparse
import random
import threading
import time

from playwright.sync_api import expect, sync_playwright

from benchmarks import report
from benchmarks.heap import heap_of
from e2e import browser, measure
from e2e.people import People
from e2e.records import Records
from tools import server

_KEY_PAUSE = 0.12
_HEAP_EVERY = 10
#: Event Timing tells of no event that was faster
_FASTEST = 16

_OBSERVE = """() => {
    const log = (window.amanatBench = {keys: [], tasks: []});
    new PerformanceObserver((list) => {
        for (const {name, duration} of list.getEntries()) {
            if (name === "keydown") {
                log.keys.push(duration);
            }
        }
    }).observe({type: "event", durationThreshold: 16});
    new PerformanceObserver((list) => {
        log.tasks.push(...list.getEntries().map(({duration}) => duration));
    }).observe({type: "longtask"});
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.large_list", description=__doc__)
    parser.add_argument("--rows", type=int, default=2000, help="shown (2000)")
    parser.add_argument("--seconds", type=int, default=60, help="of each kind (60)")
    parser.add_argument("--rate", type=int, default=20, help="changes a second (20)")
    options = parser.parse_args()
    with (
        sync_playwright() as playwright,
        server.running(options=["--max-cron-threads=0"]) as odoo,
    ):
        chromium = browser.launch(playwright)
        people = People(odoo, chromium)
        machine = report.machine()
        found = _measure(people, options.rows, options.seconds, options.rate)
        _print(found)
        report.save(
            "large_list",
            {"machine": machine, "options": vars(options), "while": found},
        )
        people.close()
        chromium.close()


def _measure(people: People, rows: int, seconds: int, rate: int) -> dict[str, dict]:
    records = Records(people.backend("admin"))
    ids = records.make(rows, quantity=0)
    reader = people.new_tab("admin")
    reader.goto()
    view = reader.open_list(records.domain, limit=rows)
    expect(view.rows).to_have_count(rows, timeout=120_000)
    reader.wait_until_live()
    view.cell(records.name(3), "name").click()
    expect(view.page.locator("tr.o_selected_row td[name=name] input")).to_be_focused()
    found = {"nobody changes anything": _type(reader, seconds // 3)}
    title = f"{rate} changes a second"
    author = _Author(people.backend("demo"), ids, rate)
    found[title] = _type(reader, seconds)
    found[title]["changes"] = author.stop()
    view.page.keyboard.press("Escape")
    reader.settle()
    stored = people.backend("admin").call(
        "amanat.test.realtime", "search_read", records.domain, ["quantity"], limit=rows
    )
    shown = view.cells("quantity").all_inner_texts()
    lost = sum(
        text != f"{record['quantity']:,}"
        for text, record in zip(shown, stored, strict=True)
    )
    found[title]["lost"] = lost
    return found


class _Author:
    """Changes a record so many times a second, in the background."""

    def __init__(self, backend, ids: list[int], rate: int):
        self.backend, self.ids, self.rate = backend, ids, rate
        self.count = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def stop(self) -> int:
        """Return how many changes were made."""
        self._stopped.set()
        self._thread.join()
        return self.count

    def _work(self) -> None:
        chosen = random.Random(4)
        begin = time.monotonic()
        while not self._stopped.is_set():
            self.count += 1
            self.backend.write(chosen.choice(self.ids), quantity=self.count)
            due = begin + self.count / self.rate
            time.sleep(max(0, due - time.monotonic()))


def _type(reader, seconds: int) -> dict:
    """Type all the time; return how long keys took, and what memory did."""
    page = reader.page
    page.evaluate(_OBSERVE)
    keys, heap = 0, [heap_of(page)]
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        page.keyboard.press("Backspace" if keys % 20 > 9 else "x")
        keys += 1
        if passed > len(heap) * _HEAP_EVERY:
            heap.append(heap_of(page))
        time.sleep(_KEY_PAUSE)
    heap.append(heap_of(page))
    log = page.evaluate("() => window.amanatBench")
    slow = log["keys"][:keys]
    return {
        "took": slow + [_FASTEST] * (keys - len(slow)),
        "tasks": log["tasks"],
        "heap": heap,
    }


def _print(found: dict[str, dict]) -> None:
    print("| while typing | keys | p50 ms | p95 ms | p99 ms | longest task ms |")
    print("|---|---|---|---|---|---|")
    for title, case in found.items():
        figures = [f"{measure.percentile(case['took'], p):.0f}" for p in (50, 95, 99)]
        longest = f"{max(case['tasks'], default=0):.0f}"
        cells = [title, str(len(case["took"])), *figures, longest]
        print(f"| {' | '.join(cells)} |")
    for title, case in found.items():
        curve = ", ".join(f"{megabytes:.0f}" for megabytes in case["heap"])
        print(f"heap, {title}: {curve} MB")
        if "changes" in case:
            print(f"{case['changes']} changes, {case['lost']} rows not as stored")


if __name__ == "__main__":
    main()
