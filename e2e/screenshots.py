"""Take the picture of the README: a list in which somebody else just changed cells.

``python -m e2e.screenshots`` writes ``docs/live-list.png``.
"""

import argparse
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from e2e import browser
from e2e.odoo_client import MODEL
from e2e.pages import ListView
from e2e.people import People
from tools import server

# shortly after the change, when the marks are still strong
_MOMENT = 250
_FREEZE = """moment => document.getAnimations().forEach((animation) => {
    animation.pause();
    animation.currentTime = moment;
})"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="e2e.screenshots", description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", default="docs/live-list.png")
    path = parser.parse_args().path
    path.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, server.running() as odoo:
        chromium = browser.launch(playwright)
        people = People(odoo, chromium)
        _take(people, path)
        people.close()
        chromium.close()
    print(f"{path}: {path.stat().st_size // 1000} kB")


def _take(people: People, path: Path) -> None:
    reader = people.new_tab("admin")
    reader.goto()
    view = ListView(reader)
    expect(view.rows.first).to_be_visible()
    reader.wait_until_live()
    one, other = people.backend("demo"), people.backend("aisha")
    ids = one.call(MODEL, "search", [], limit=12)
    one.write(ids[1], quantity=64)
    one.write(ids[3], state="in_progress")
    other.write(ids[4], amount=2480)
    one.write(ids[6], date="2027-03-01", state="in_progress")
    other.write(ids[9], quantity=12, amount=725.5)
    expect(view.page.locator("td.o_amanat_flash_cell")).to_have_count(7)
    reader.page.evaluate(_FREEZE, _MOMENT)
    reader.page.screenshot(path=path)


if __name__ == "__main__":
    main()
