"""Promise: the four scenarios of the monthly report, with two people in one month, and
a sync that tells what it did.
"""

import datetime
import random
import uuid

import pytest
from playwright.sync_api import expect

from e2e.browser import BACK_OFF
from e2e.conflicts import ConflictDialog, Mark
from e2e.people import WINDOW
from e2e.shapes import ONE_SHAPE

MONTH = "amanat.month.control"
PRINTER = "amanat.printer"
COUNTER = "amanat.printer.counter"
READING = "amanat.printer.reading"


class Report:
    """A month with one printer, of this test alone."""

    def __init__(self, backend):
        self.admin = backend("admin")
        # months are there once
        while True:
            self.day = f"{random.randint(2100, 9000)}-{random.randint(1, 12):02}-01"
            if not self.admin.call(MONTH, "search", [["month", "=", self.day]]):
                break
        tomorrow = datetime.datetime.now() + datetime.timedelta(days=1)
        self.name = f"Printer {uuid.uuid4().hex[:8]}"
        [self.printer] = self.admin.create(
            {"name": self.name, "serial": self.name, "has_color": True}, model=PRINTER
        )
        [self.month] = self.admin.create(
            {"month": self.day, "edit_until": f"{tomorrow:%Y-%m-%d %H:%M:%S}"},
            model=MONTH,
        )
        [self.counter] = self.admin.create(
            {"month_id": self.month, "printer_id": self.printer}, model=COUNTER
        )

    def stored(self, field):
        return self.admin.read(self.counter, field, model=COUNTER)[field]

    def remove(self):
        self.admin.unlink(self.month, model=MONTH)
        self.admin.unlink(self.printer, model=PRINTER)


@pytest.fixture
def report(backend):
    made = Report(backend)
    yield made
    made.remove()


@pytest.fixture
def open_month(login, report):
    """Open the counters of the month in a tab, by the button of the month."""

    def open_counters(user, **options):
        client = login(user, f"/odoo/monthly-report/{report.month}", **options)
        client.page.get_by_role("button", name="Counters").click()
        expect(cell(client, report, "total_prints")).to_be_visible()
        client.page.wait_for_function(
            """room => odoo.__WOWL_DEBUG__.root.env.services.amanat_realtime
                .isFollowed("amanat.printer.counter", room)""",
            arg=report.day[:7],
        )
        return client

    return open_counters


def cell(client, report, field):
    row = client.page.locator("tr.o_data_row").filter(has_text=report.name)
    return row.locator(f"td[name={field}]")


def type_into(client, report, field, text):
    cell(client, report, field).click()
    box = cell(client, report, field).locator("input")
    expect(box).to_be_focused()
    box.fill(text)
    return box


def test_ordinary_editing(open_month, report):
    first, second = open_month("demo"), open_month("cashier")
    type_into(second, report, "a4_bw_end", "500").press("Enter")
    toast = first.toasts.filter(has_text=report.name)
    expect(toast).to_contain_text(f"{second.user.name} changed “A4 b/w end”")
    expect(cell(first, report, "a4_bw_end")).to_have_text("500")
    # computed from it, in the same message
    expect(cell(first, report, "total_prints")).to_have_text("500")
    assert report.stored("a4_bw_end") == 500
    assert first.errors() == []


@ONE_SHAPE
def test_both_type_in_one_cell(open_month, report, backend):
    first, second = open_month("demo"), open_month("cashier")
    box = type_into(first, report, "a4_bw_end", "100")
    type_into(second, report, "a4_bw_end", "200").press("Enter")
    expect(Mark(cell(first, report, "a4_bw_end")).text).to_contain_text("200")
    expect(box).to_have_value("100")
    box.press("Enter")
    dialog = ConflictDialog(first.page)
    dialog.expect_values("0", "100", "200")
    assert report.stored("a4_bw_end") == 200
    dialog.answer("theirs")
    expect(box).to_have_value("200")
    assert report.stored("a4_bw_end") == 200


@ONE_SHAPE
def test_each_in_a_cell_of_their_own(open_month, report):
    first, second = open_month("demo"), open_month("cashier")
    type_into(first, report, "a4_bw_end", "100")
    type_into(second, report, "a4_color_end", "50").press("Enter")
    other = cell(first, report, "a4_color_end").locator("input")
    expect(other).to_have_value("50")
    cell(first, report, "a4_bw_end").locator("input").press("Enter")
    for client in (first, second):
        expect(cell(client, report, "total_prints")).to_have_text("150")
        expect(client.page.locator(".modal")).to_have_count(0)
    assert (report.stored("a4_bw_end"), report.stored("a4_color_end")) == (100, 50)


@ONE_SHAPE
def test_the_connection_is_lost_and_comes_back(open_month, report, backend):
    first = open_month("demo", viewport=WINDOW)
    badge = first.page.locator(".o_amanat_connection")
    expect(badge).to_have_attribute("data-amanat-state", "live")
    first.page.context.set_offline(True)
    expect(badge).to_have_attribute("data-amanat-state", "offline", timeout=BACK_OFF)
    backend("cashier").write(report.counter, model=COUNTER, a4_bw_end=321)
    first.page.context.set_offline(False)
    expect(badge).to_have_attribute("data-amanat-state", "live", timeout=BACK_OFF)
    expect(cell(first, report, "a4_bw_end")).to_have_text("321", timeout=20_000)


@ONE_SHAPE
def test_the_sync_leaves_what_was_typed_and_says_what_it_did(
    login, backend, open_month, report
):
    day = report.day[:8] + "20"
    backend("admin").create(
        {"printer_id": report.printer, "date": day, "a4_bw": 900, "a4_color": 80},
        model=READING,
    )
    first = open_month("demo")
    backend("cashier").write(report.counter, model=COUNTER, a4_bw_end=111)
    other = login("cashier", f"/odoo/monthly-report/{report.month}")
    other.page.get_by_role("button", name="Sync with Inventory").click()
    toast = other.toasts.filter(has_text="Updated: 1")
    expect(toast).to_contain_text("Skipped (edited by hand): 1")
    expect(toast).to_contain_text("Recalculated: 1")
    expect(cell(first, report, "a4_color_end")).to_have_text("80")
    expect(cell(first, report, "a4_bw_end")).to_have_text("111")


@ONE_SHAPE
def test_a_closed_month_refuses(open_month, report, backend):
    editor = open_month("cashier")
    box = type_into(editor, report, "a4_bw_end", "5")
    backend("demo").call(MONTH, "action_close", [report.month])
    box.press("Enter")
    refusal = editor.page.locator(".modal, .o_notification").filter(has_text="closed")
    expect(refusal.first).to_be_visible()
    assert report.stored("a4_bw_end") == 0
    backend("admin").call(MONTH, "action_reopen", [report.month])
