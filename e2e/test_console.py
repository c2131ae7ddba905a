"""Promise: a manager alone sees everything that the product does: each button of the
test console has its effect in the list and in the log, as if another person did it.
"""

import re

import pytest
from playwright.sync_api import expect

from e2e.conflicts import Mark
from e2e.console import CONSOLE, FULL, ROBOT, SIMPLE, Console
from e2e.odoo_client import MODEL, OdooError
from e2e.pages import FLASH_CELL
from e2e.presence import EDITING, SOON
from e2e.shapes import ONE_SHAPE

STATE = "data-amanat-state"
#: by then a lost connection is no longer shown as an interruption, and a poll came
POLLED = 20_000


@pytest.fixture
def console(login, backend):
    admin = backend("admin")
    admin.call(CONSOLE, "clean_up")
    client = login("admin", FULL)
    page = Console(client)
    expect(page.list.rows).to_have_count(3)
    client.wait_until_live()
    yield page
    admin.call(CONSOLE, "clean_up")


def test_edit_create_delete(console):
    text = console.run("edit")
    field, id_ = re.search(r"field (\w+) of record #(\d+)", text).groups()
    expect(console.logged("changes", f"#{id_}1 changed ({field}")).to_have_count(1)
    console.client.settle()
    flashes = console.client.flashes(FLASH_CELL)
    assert [flash["field"] for flash in flashes] == [field]
    robot = console.client.user.call(CONSOLE, "info")["robot"]["id"]
    assert flashes[0]["hue"] == str(round(robot * 137.508) % 360)

    before = console.ids()
    console.run("create")
    expect(console.list.rows).to_have_count(4)
    [created] = {*console.ids()} - {*before}
    expect(console.logged("changes", f"#{created}1 created")).to_have_count(1)
    name = console.client.user.read(created, "name")["name"]
    expect(console.list.rows.first).to_contain_text(name)

    console.run("delete")
    expect(console.list.rows).to_have_count(3)
    expect(console.list.row(name)).to_have_count(0)
    expect(console.logged("changes", f"#{created}1 deleted")).to_have_count(1)
    assert console.ids() == before
    assert console.client.errors() == []


@ONE_SHAPE
def test_bulk_is_one_short_message(console):
    before = console.ids()
    with console.holding("delete_records"):
        console.press("bulk")
        expect(console.logged("changes", "300 created")).to_have_count(1)
        expect(console.page.locator(".o_amanat_console_entry").first).to_be_visible()
        many = console.entries.filter(has_text="Many changes: views read again")
        expect(many).to_have_count(1)
        first = console.ids()[0]
        quantity = str(console.client.user.read(first, "quantity")["quantity"])
        shown = console.list.rows.first.locator("td[name=quantity]")
        expect(shown).to_have_text(quantity)
    expect(console.button("bulk")).to_have_attribute("aria-disabled", "false")
    expect(console.logged("changes", "300 deleted")).to_have_count(1)
    expect(console.list.rows).to_have_count(3)
    assert console.ids() == before


@ONE_SHAPE
def test_conflict_in_the_cell_that_i_type_in(console):
    id_ = console.ids()[1]
    cell = console.list.rows.nth(1).locator("td[name=quantity]")
    cell.click()
    cell.locator("input").fill("7000")
    console.run("conflict")
    theirs = str(console.client.user.read(id_, "quantity")["quantity"])
    expect(Mark(cell).text).to_contain_text(theirs)
    expect(cell.locator("input")).to_have_value("7000")
    Mark(cell).keep_mine()
    console.list.rows.first.locator("td[name=name]").click()
    expect(cell).to_have_text("7,000")
    assert console.client.errors() == []


@ONE_SHAPE
def test_conflict_that_waits_until_i_type(console):
    id_ = console.ids()[0]
    before = console.client.user.read(id_, "name")["name"]
    console.press("conflict")
    expect(console.news).to_contain_text("waits")
    cell = console.list.rows.first.locator("td[name=name]")
    cell.click()
    cell.locator("input").fill("Mine")
    expect(console.news).to_contain_text("has written")
    theirs = console.client.user.read(id_, "name")["name"]
    assert theirs not in (before, "Mine")
    expect(Mark(cell).text).to_contain_text(theirs)
    expect(cell.locator("input")).to_have_value("Mine")


def test_presence_comes_moves_and_goes(console):
    cell = console.list.rows.first.locator(f"td[name=quantity][{EDITING}]")
    with console.holding("presence", '"gone"'):
        console.press("presence")
        expect(console.people).to_have_count(1, timeout=SOON)
        expect(console.people.locator(f'img[alt="{ROBOT}"]')).to_be_visible()
        expect(console.logged("presence", "is in the list")).to_have_count(1)
        expect(cell).to_be_visible(timeout=SOON)
    expect(console.button("presence")).to_have_attribute("aria-disabled", "false")
    expect(console.people).to_have_count(0, timeout=SOON)
    expect(cell).to_have_count(0)
    expect(console.logged("presence", "is not here any more")).to_have_count(1)


@ONE_SHAPE
def test_notification_is_text(console):
    console.run("notification")
    entry = console.logged("notification", "console_greeting, Hello from Test Robot")
    expect(entry).to_have_count(1)
    entry.locator("summary").click()
    expect(entry.locator("pre")).to_contain_text('"text": "Hello from Test Robot"')


@ONE_SHAPE
def test_progress(console):
    console.press("progress")
    entries = console.entries.filter(has_text=f"Work of {ROBOT}")
    expect(entries.first).to_be_visible()
    expect(entries.filter(has_text="50 / 50").first).to_be_visible()


def test_disconnected_and_back(console, login):
    badge = console.page.locator(".o_amanat_connection")
    other = login("admin")
    other.wait_until_live()
    console.press("disconnect")
    expect(badge).to_have_attribute(STATE, "polling", timeout=POLLED)
    text = console.run("edit")
    [id_] = re.findall(r"#(\d+)", text)
    expect(console.logged("changes", f"#{id_}1 changed")).to_have_count(
        1, timeout=POLLED
    )
    console.press("reconnect")
    for page in (console.page, other.page):
        expect(page.locator(".o_amanat_connection")).to_have_attribute(STATE, "live")
    console.run("create")
    expect(console.list.rows).to_have_count(4)
    assert console.client.errors() == []


@ONE_SHAPE
def test_comes_back_when_the_page_is_closed(console, login):
    other = login("admin")
    other.wait_until_live()
    badge = other.page.locator(".o_amanat_connection")
    console.press("disconnect")
    expect(badge).to_have_attribute(STATE, "polling", timeout=POLLED)
    console.page.close()
    expect(badge).to_have_attribute(STATE, "live")


@ONE_SHAPE
def test_clean_up_leaves_what_is_not_of_the_robot(console, records):
    mine = records.make_one()
    console.run("clean_up")
    expect(console.list.rows.filter(has_text="Test record")).to_have_count(0)
    expect(console.records).to_contain_text("let it create one")
    assert console.ids() == []
    assert records.backend.call(MODEL, "search_count", [("id", "=", mine)]) == 1


@ONE_SHAPE
def test_simple_page(login, records, backend):
    reader = login("admin", SIMPLE)
    reader.wait_until_live()
    expect(reader.page.locator(".o_amanat_console_connection")).to_contain_text("Live")
    rows = reader.page.locator(".o_amanat_console_last tbody tr")
    id_ = records.make_one()
    backend("demo").write(id_, quantity=5)
    expect(rows.filter(has_text="1 changed (quantity)").first).to_be_visible()
    expect(rows.first).to_contain_text(MODEL)
    assert reader.errors() == []


@ONE_SHAPE
def test_menu_of_managers_and_of_others(login):
    admin, demo = (login(user, "/odoo/realtime-test") for user in ("admin", "demo"))
    admin.page.get_by_role("button", name="Real-time Test").click()
    admin.page.get_by_role("menuitem", name="Full Page").click()
    expect(admin.page.locator(".o_amanat_console_buttons")).to_be_visible()
    demo.page.locator(".o_menu_sections").get_by_text("Real-time Test").click()
    expect(demo.page.locator(".o_list_view")).to_be_visible()
    expect(demo.page.get_by_role("menuitem", name="Full Page")).to_have_count(0)


@ONE_SHAPE
def test_nobody_else_may(login, backend):
    with pytest.raises(OdooError, match="managers only"):
        backend("demo").call(CONSOLE, "create_records")
    for path in (SIMPLE, FULL):
        demo = login("demo")
        demo.page.goto(demo.url + path)
        expect(demo.page.get_by_text("managers only")).to_be_visible()
        expect(demo.page.locator(".o_amanat_console")).to_have_count(0)
