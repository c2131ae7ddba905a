"""Promise: in a list of two thousand rows, with changes coming in all the time, typing
goes on, memory stays, and the end is what is stored."""

import itertools
import random
import time

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

ROWS = 2000
PER_SECOND = 20
SECONDS = 12
#: what may be left over after so many changes, of garbage that nobody collected yet
LEFT_OVER = 15e6
#: no other change is to this number
LAST = 7_654_321


@pytest.fixture
def open_large_list(login, records):
    ids = records.make(ROWS, quantity=0)
    client = login("admin")
    view = client.open_list(records.domain, limit=ROWS)
    expect(view.rows).to_have_count(ROWS, timeout=120_000)
    client.wait_until_live()
    return view, ids


def heap(page) -> int:
    """Bytes in use after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used


def test_changes_all_the_time(open_large_list, backend, records):
    view, ids = open_large_list
    page, client = view.page, view.client
    demo, chosen = backend("demo"), random.Random(4)
    # what a first change sets up is there before the measurement
    demo.write(ids[5], quantity=1)
    expect(view.cell(records.name(6), "quantity")).to_have_text("1")
    client.settle()
    page.wait_for_function("() => !document.querySelector('[data-amanat-flash]')")
    before = heap(page)
    view.cell(records.name(3), "name").click()
    typed = page.locator("tr.o_selected_row td[name=name] input")
    expect(typed).to_be_focused()
    typed.press("End")
    letters = itertools.cycle("abcdefghij ")
    text = records.name(3)
    end = time.monotonic() + SECONDS
    value = 1
    while time.monotonic() < end:
        turn = time.monotonic()
        value += 1
        demo.write(chosen.choice(ids), quantity=value)
        if not value % 4:
            letter = next(letters)
            page.keyboard.type(letter)
            text += letter
        time.sleep(max(0, 1 / PER_SECOND - (time.monotonic() - turn)))
    expect(typed).to_be_focused()
    expect(typed).to_have_value(text)
    page.keyboard.press("Escape")
    expect(page.locator("tr.o_selected_row")).to_have_count(0)
    # messages come in order: with this one all have come
    demo.write(ids[0], quantity=LAST)
    client.bus.wait_for(str(LAST))
    client.settle()
    assert MODEL + ".web_search_read" not in client.rpc.calls
    stored = demo.call(MODEL, "search_read", records.domain, ["quantity"], limit=ROWS)
    shown = view.cells("quantity").all_inner_texts()
    assert shown == [f"{record['quantity']:,}" for record in stored]
    page.wait_for_function("() => !document.querySelector('[data-amanat-flash]')")
    assert heap(page) - before < LEFT_OVER
    assert not client.errors()
