"""Promise: an open list shows what others save, at once, and never gets in the way."""

import re

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.pages import FLASH, FLASH_CELL, FLASH_ROW
from e2e.shapes import ONE_SHAPE

READ = f"{MODEL}.web_search_read"


@pytest.fixture
def open_list(login, records):
    """Make records and open the list of them in a tab that is live."""

    def make(count: int, user: str = "admin", **vals):
        ids = records.make(count, **vals)
        client = login(user)
        view = client.open_list(records.domain)
        expect(view.rows).to_have_count(count)
        client.wait_until_live()
        return client, view, ids

    return make


def test_cell_changes_in_place_without_a_request(open_list, backend, records):
    client, view, ids = open_list(3, quantity=1)
    demo = backend("demo")
    name = records.name(2)
    row = view.row(name).element_handle()
    demo.write(ids[1], quantity=4321)
    cell = view.cell(name, "quantity")
    expect(cell).to_have_text("4,321")
    client.wait_for_flash(FLASH_ROW)
    client.wait_for_flash(FLASH_CELL)
    [flash] = client.flashes(FLASH_CELL)
    assert (flash["field"], flash["hue"]) == ("quantity", client.hue(demo))
    assert flash["text"] == "4,321"
    assert [name in flash["text"] for flash in client.flashes(FLASH_ROW)] == [True]
    # the mark goes away by itself
    expect(cell).not_to_have_attribute(FLASH, "cell")
    expect(view.row(name)).not_to_have_attribute(FLASH, "row")
    client.settle()
    assert client.rpc.calls == []
    assert row.evaluate("row => row.isConnected"), "the row was made anew"


@ONE_SHAPE
def test_every_kind_of_field(open_list, backend, records):
    client, view, ids = open_list(2)
    demo = backend("demo")
    [partner] = demo.call("res.partner", "create", [{"name": f"Partner {records.key}"}])
    [tag] = demo.call(
        "amanat.test.realtime.tag", "create", [{"name": f"Tag {records.key}"}]
    )
    demo.write(
        ids[0],
        partner_id=partner,
        date="2030-12-24",
        amount=12.5,
        state="done",
        tag_ids=[(4, tag)],
        line_ids=[(0, 0, {"name": "a", "quantity": 3, "price": 5})],
    )
    name = records.name(1)
    expect(view.cell(name, "partner_id")).to_have_text(f"Partner {records.key}")
    expect(view.cell(name, "date")).to_contain_text("2030")
    expect(view.cell(name, "amount")).to_contain_text("12.50")
    expect(view.cell(name, "state")).to_have_text("Done")
    expect(view.cell(name, "tag_ids")).to_contain_text(f"Tag {records.key}")
    expect(view.cell(name, "total")).to_contain_text("15.00")
    client.settle()
    # tags travel as a name only: one read for all that such fields need
    assert client.rpc.calls == [READ]


def test_created_record_appears(open_list, records):
    client, view, _ids = open_list(2)
    records.make_one()
    expect(view.row(records.name(3))).to_be_visible()
    expect(view.total).to_have_text("3")
    expect(view.pager).to_have_text("1-3")
    expect(view.rows).to_have_text([re.compile(records.name(n)) for n in (1, 2, 3)])
    client.settle()
    assert client.rpc.calls == [READ]


def test_deleted_record_leaves(open_list, backend, records):
    client, view, ids = open_list(3)
    backend("demo").unlink(ids[1])
    expect(view.row(records.name(2))).to_have_count(0)
    expect(view.rows).to_have_count(2)
    expect(view.total).to_have_text("2")
    client.settle()
    assert client.flashes("o_amanat_leaving"), "it went without a sign"
    assert client.rpc.calls == []


def test_record_enters_and_leaves_the_filter(open_list, login, backend, records):
    ids = records.make(2, state="draft")
    client = login("admin")
    view = client.open_list([*records.domain, ["state", "=", "draft"]])
    expect(view.rows).to_have_count(2)
    client.wait_until_live()
    demo = backend("demo")
    demo.write(ids[0], state="done")
    expect(view.rows).to_have_count(1)
    expect(view.total).to_have_text("1")
    demo.write(ids[0], state="draft")
    expect(view.rows).to_have_count(2)
    expect(view.total).to_have_text("2")


@ONE_SHAPE
def test_order_follows_the_values(open_list, backend, records):
    _client, view, ids = open_list(3)
    backend("demo").write(ids[2], sequence=0)
    order = [re.compile(records.name(n)) for n in (3, 1, 2)]
    expect(view.rows).to_have_text(order)


@ONE_SHAPE
def test_pager_counts_beyond_the_page(login, backend, records):
    ids = records.make(5)
    client = login("admin")
    view = client.open_list(records.domain, limit=3)
    expect(view.rows).to_have_count(3)
    client.wait_until_live()
    records.make_one()
    expect(view.total).to_have_text("6")
    expect(view.rows).to_have_count(3)
    # the next record moves up where one has left
    backend("demo").unlink(ids[0])
    expect(view.row(records.name(1))).to_have_count(0)
    expect(view.row(records.name(4))).to_be_visible()
    expect(view.rows).to_have_count(3)
    expect(view.total).to_have_text("5")
    expect(view.pager).to_have_text("1-3")


def test_fifty_records_at_once(open_list, backend):
    client, view, ids = open_list(50, quantity=1)
    backend("demo").write(ids, quantity=77, state="in_progress")
    expect(view.cells("quantity").filter(has_text="77")).to_have_count(50)
    expect(view.cells("state").filter(has_text="In Progress")).to_have_count(50)
    client.settle()
    [message] = client.bus.messages(MODEL)
    [update] = message["update"]
    assert sorted(update["ids"]) == sorted(ids)
    assert client.rpc.calls in ([], [READ])


@ONE_SHAPE
def test_fifty_records_made_and_deleted_at_once(open_list, backend, records):
    client, view, _ids = open_list(1)
    ids = records.make(50)
    expect(view.rows).to_have_count(51)
    client.settle()
    assert len(client.bus.messages(MODEL)) == 1
    assert client.rpc.calls == [READ]
    client.forget()
    backend("demo").unlink(ids)
    expect(view.rows).to_have_count(1)
    client.settle()
    assert len(client.bus.messages(MODEL)) == 1
    assert client.rpc.calls in ([], [READ])


@ONE_SHAPE
def test_row_in_edition_keeps_what_is_typed(open_list, backend, records):
    client, view, ids = open_list(3, quantity=1)
    demo = backend("demo")
    view.cell(records.name(2), "name").click()
    typed = view.page.locator("tr.o_selected_row td[name=name] input")
    expect(typed).to_be_focused()
    typed.press("End")
    typed.press_sequentially(" typed")
    demo.write(ids, quantity=55)
    records.make(1, sequence=0)
    expect(view.rows).to_have_count(4)
    expect(view.cells("quantity").filter(has_text="55")).to_have_count(2)
    edited = view.page.locator("tr.o_selected_row td[name=quantity] input")
    expect(edited).to_have_value("55")
    expect(typed).to_have_value(f"{records.name(2)} typed")
    expect(typed).to_be_focused()
    typed.press_sequentially(" on")
    expect(typed).to_have_value(f"{records.name(2)} typed on")
    typed.press("Enter")
    expect(view.row("typed on")).to_be_visible()
    client.settle()
    saved = demo.read(ids[1], "name", "quantity")
    assert saved["name"] == f"{records.name(2)} typed on"
    assert saved["quantity"] == 55


@ONE_SHAPE
def test_selection_and_scroll_stay(open_list, backend, records):
    client, view, ids = open_list(60, quantity=1)
    for number in (40, 41):
        view.row(records.name(number)).locator(".o_list_record_selector input").check()
    scroller = view.page.locator(".o_list_renderer")
    before = scroller.evaluate("e => e.scrollTop")
    assert before > 0
    records.make_one()
    backend("demo").write(ids[39], quantity=66)
    backend("demo").unlink(ids[58])
    expect(view.row(records.name(61))).to_have_count(1)
    expect(view.row(records.name(59))).to_have_count(0)
    expect(view.cell(records.name(40), "quantity")).to_have_text("66")
    client.settle()
    chosen = view.page.locator("tr.o_data_row_selected")
    expect(chosen).to_have_text([re.compile(records.name(n)) for n in (40, 41)])
    assert scroller.evaluate("e => e.scrollTop") == before


@ONE_SHAPE
def test_deleted_row_in_edition_stays_and_says_so(open_list, backend, records):
    _client, view, ids = open_list(2)
    view.cell(records.name(1), "name").click()
    typed = view.page.locator("tr.o_selected_row td[name=name] input")
    typed.press("End")
    typed.press_sequentially(" mine")
    backend("demo").unlink(ids[0])
    expect(view.page.locator("tr.o_amanat_gone")).to_have_count(1)
    expect(typed).to_have_value(f"{records.name(1)} mine")
    expect(typed).to_be_focused()


def test_hundred_changes_in_a_row_end_with_the_last(open_list, backend, records):
    client, view, [id_] = open_list(1, quantity=0)
    demo = backend("demo")
    for value in range(1, 101):
        demo.write(id_, quantity=value)
    expect(view.cell(records.key, "quantity")).to_have_text("100")
    client.settle()
    steps = [m["update"][0]["diff"]["quantity"] for m in client.bus.messages(MODEL)]
    assert steps == [[value - 1, value] for value in range(1, 101)]
    assert client.rpc.calls == []


@ONE_SHAPE
def test_no_animation_for_those_who_want_none(login, backend, records):
    ids = records.make(2, quantity=1)
    client = login("admin", reduced_motion="reduce")
    view = client.open_list(records.domain)
    client.wait_until_live()
    backend("demo").write(ids[0], quantity=88)
    backend("demo").unlink(ids[1])
    expect(view.cell(records.name(1), "quantity")).to_have_text("88")
    expect(view.rows).to_have_count(1)
    client.settle()
    assert client.flashes() == []
