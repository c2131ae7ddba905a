"""Promise: graphs, pivot tables and calendars show what others save, and stay as the
person left them: measure, expanded rows, range, open popover.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.pages import FLASH_CELL
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

READ_GRAPH = f"{MODEL}.formatted_read_group"
READ_PIVOT = f"{MODEL}.formatted_read_grouping_sets"
READ_CALENDAR = f"{MODEL}.search_read"
BY_STATE = {"context": {"graph_groupbys": ["state"], "graph_mode": "bar"}}

_SET_HIDDEN = """hidden => {
    const visibilityState = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", {
        configurable: true, get: () => visibilityState});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def open_graph(login, records):
    """Make records and open a graph of them in a tab that is live."""

    def make(count: int, user: str = "admin", **vals):
        ids = records.make(count, **vals)
        client = login(user)
        view = client.open_graph(records.domain, **BY_STATE)
        client.wait_until_live()
        return client, view, ids

    return make


def test_graph_moves_and_keeps_the_measure(open_graph, backend):
    client, view, ids = open_graph(3, amount=1, quantity=2)
    view.wait_for_sums(Draft=3)
    view.pick_measure("Quantity")
    view.wait_for_sums(Draft=6)
    client.forget()
    canvas = view.canvas.element_handle()
    chart = view.page.evaluate_handle("canvas => Chart.getChart(canvas)", canvas)
    demo = backend("demo")
    demo.write(ids[0], quantity=10)
    view.wait_for_sums(Draft=14)
    demo.write(ids[1], state="done")
    view.wait_for_sums(Draft=12, Done=2)
    client.settle()
    assert chart.evaluate("chart => chart.canvas !== null"), "it was made anew"
    assert client.rpc.calls == [READ_GRAPH] * 2
    assert client.errors() == []


def test_many_changes_at_once_are_read_once(open_graph, backend):
    client, view, ids = open_graph(300, amount=1)
    view.wait_for_sums(Draft=300)
    client.forget()
    backend("demo").write(ids, amount=2)
    view.wait_for_sums(Draft=600)
    client.settle()
    assert client.rpc.calls == [READ_GRAPH]


def test_hidden_tab_catches_up_once(open_graph, backend, records):
    client, view, ids = open_graph(2, amount=1)
    view.wait_for_sums(Draft=2)
    client.forget()
    client.page.evaluate(_SET_HIDDEN, True)
    demo = backend("demo")
    for amount in (5, 6, 7):
        demo.write(ids[0], amount=amount)
    client.bus.wait_for("[6,7]")
    client.page.wait_for_timeout(1500)
    assert client.rpc.calls == []
    client.page.evaluate(_SET_HIDDEN, False)
    view.wait_for_sums(Draft=8)
    client.settle()
    assert client.rpc.calls == [READ_GRAPH]


def test_pivot_keeps_expanded_rows_and_marks_numbers(login, backend, records):
    ids = records.make(2, amount=10, state="draft")
    client = login("admin")
    view = client.open_pivot(records.domain)
    client.wait_until_live()
    view.group_by(client.user.name, "Partner")
    expect(view.rows).to_have_count(3)
    header = view.header("Total").element_handle()
    demo = backend("demo")
    client.forget()
    demo.write(ids[0], amount=990)
    expect(view.rows.first).to_contain_text("1,000.00")
    expect(view.rows).to_have_count(3)
    client.settle()
    assert header.evaluate("el => el.isConnected")
    marked = client.flashes(FLASH_CELL)
    assert marked and {f["hue"] for f in marked} == {client.hue(demo)}
    assert client.rpc.calls == [READ_PIVOT]
    demo.write(ids[1], state="done", user_id=demo.uid)
    expect(view.header(demo.name)).to_be_visible()
    expect(view.page.locator(".o_pivot thead")).to_contain_text("Done")
    assert client.errors() == []


def test_calendar_keeps_the_range_and_an_open_popover(login, backend, records):
    soon = date.today().replace(day=10) + timedelta(days=35)
    first, second, third = (str(soon + timedelta(days=n)) for n in range(3))
    ids = [records.make_one(date=first), records.make_one(date=second)]
    client = login("admin")
    view = client.open_calendar(records.domain)
    view.page.get_by_role("button", name="Next").click()
    expect(view.title).to_have_text(soon.strftime("%B %Y"))
    expect(view.event(records.key)).to_have_count(2)
    client.wait_until_live()
    demo = backend("demo")
    demo.write(ids[0], date=third)
    expect(view.event_on(third, records.name(1))).to_be_visible()
    expect(view.title).to_have_text(soon.strftime("%B %Y"))
    client.settle()
    assert client.flashes(FLASH_CELL)

    view.event(records.name(2)).click()
    expect(view.popover).to_be_visible()
    demo.write(ids[1], date=third, state="done")
    expect(view.popover).to_contain_text("Done")
    expect(view.event_on(second, records.name(2))).to_be_visible()
    view.popover.locator(".o_cw_popover_close").click()
    expect(view.event_on(third, records.name(2))).to_be_visible()
    client.settle()
    assert client.errors() == []


def test_event_dragged_by_one_moves_for_the_other(login, records):
    today = date.today().replace(day=14)
    there = str(today + timedelta(days=2))
    records.make_one(date=str(today))
    admin, demo = login("admin"), login("demo")
    mine, theirs = (c.open_calendar(records.domain) for c in (admin, demo))
    for view in (mine, theirs):
        expect(view.event_on(str(today), records.key)).to_be_visible()
    demo.wait_until_live()
    admin.page.bring_to_front()
    mine.event(records.key).drag_to(mine.day(there))
    expect(mine.event_on(there, records.key)).to_be_visible()
    demo.page.bring_to_front()
    expect(theirs.event_on(there, records.key)).to_be_visible()
    demo.settle()
    assert [re.sub(r".*\.", "", call) for call in demo.rpc.calls] == ["search_read"]
    assert demo.errors() == []
