"""Promise: in a language from right to left everything is mirrored, and what is shown
of others' work stays where it belongs.
"""

import pytest
from playwright.sync_api import expect

from e2e import arabic
from e2e.conflicts import Mark
from e2e.pages import FLASH_CELL
from e2e.people import WINDOW
from e2e.presence import EDITING, PRESENT, SOON, avatars
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

#: boxes are in fractions of pixels
NEARLY = 1
#: where the browser puts what is drawn before or after the text of a cell
_TAG = """cell => {
    const {left, right} = getComputedStyle(cell, "::after");
    return {left: parseFloat(left), right: parseFloat(right)};
}"""
_AXES = """canvas => {
    const {options, scales} = Chart.getChart(canvas);
    return {
        reversed: options.scales.x.reverse,
        position: scales.y.position,
        legend: options.plugins.legend.rtl,
        color: options.scales.y.ticks.color,
    };
}"""


@pytest.fixture
def in_arabic(login, backend):
    """``in_arabic(path)``: a window of somebody who uses Arabic."""
    admin, aisha = backend("admin"), backend("aisha")
    arabic.speak(admin, aisha)

    def open_page(*path):
        client = login("aisha", *path, viewport=WINDOW)
        expect(client.page.locator("body.o_rtl")).to_have_count(1)
        return client

    yield open_page
    arabic.speak_english(admin, aisha)


@pytest.fixture
def open_list(in_arabic, records):
    records.make(3, quantity=1)
    client = in_arabic()
    view = client.open_list(records.domain)
    expect(view.rows).to_have_count(3)
    client.wait_until_live()
    return view


def require_within(inner, outer):
    """:raises AssertionError: some of it is shown outside"""
    box, around = inner.bounding_box(), outer.bounding_box()
    assert box["width"] > 0 and box["height"] > 0
    assert box["x"] >= around["x"] - NEARLY
    assert box["x"] + box["width"] <= around["x"] + around["width"] + NEARLY
    assert box["y"] >= around["y"] - NEARLY
    assert box["y"] + box["height"] <= around["y"] + around["height"] + NEARLY


def require_in_sight(element):
    box = element.bounding_box()
    assert box["width"] > 0
    assert box["x"] >= 0 and box["x"] + box["width"] <= WINDOW["width"]


def test_a_change_is_shown(open_list, backend, records):
    backend("demo").write(records.ids[0], quantity=765)
    cell = open_list.cell(records.name(1), "quantity")
    expect(cell).to_have_text("765")
    open_list.client.wait_for_flash(FLASH_CELL)
    [flash] = open_list.client.flashes(FLASH_CELL)
    assert (flash["field"], flash["text"]) == ("quantity", "765")
    open_list.client.settle()
    assert open_list.client.errors() == []


def test_the_page_is_mirrored(open_list):
    """So says the first column, and so do styles that only rtlcss turns round."""
    cells = open_list.rows.first.locator("td")
    first, last = cells.first.bounding_box(), cells.last.bounding_box()
    assert first["x"] > last["x"]
    expect(open_list.page.locator("link[href*='.rtl.']").first).to_be_attached()


def test_who_is_in_a_record_and_types_in_a_cell(open_list, login, records):
    other = login("demo")
    theirs = other.open_list(records.domain)
    other.wait_until_live()
    theirs.cell(records.name(2), "quantity").click()
    theirs.page.keyboard.type("7")
    cell = open_list.cell(records.name(2), "quantity")
    expect(cell).to_have_attribute(EDITING, other.user.name, timeout=SOON)
    tag = cell.evaluate(_TAG)
    assert tag["left"] >= -NEARLY and tag["right"] >= -NEARLY
    row = open_list.row(records.name(2))
    expect(row).to_have_attribute(PRESENT, "editing")
    # the bar is at the begin of the row
    bar = row.locator("td").first
    expect(bar).to_have_css("background-position", "100% 50%")
    expect(avatars(open_list.page)).to_have_count(1)
    require_within(
        avatars(open_list.page).first, open_list.page.locator(".o_control_panel")
    )


def test_a_conflict_in_a_cell(open_list, backend, records):
    cell = open_list.cells("quantity").first
    cell.click()
    cell.locator("input").fill("100")
    backend("demo").write(records.ids[0], quantity=200)
    mark = Mark(cell)
    expect(mark.text).to_contain_text("200")
    require_within(cell.locator(".o_amanat_conflict_badge"), cell)
    bubble = cell.locator(".o_amanat_conflict_bubble")
    require_in_sight(bubble)
    # though the cell has a direction of its own, for its number
    expect(cell).to_have_css("direction", "ltr")
    expect(bubble).to_have_css("direction", "rtl")
    mark.keep_mine()
    open_list.page.keyboard.press("Escape")


def test_the_badge_of_the_connection(open_list):
    badge = open_list.page.locator(".o_amanat_connection")
    require_within(badge, open_list.page.locator(".o_main_navbar"))
    badge.click()
    details = open_list.page.locator(".o_amanat_connection_details")
    expect(details).to_be_visible()
    require_in_sight(details)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_charts(login, backend, dark):
    """Time goes from right to left, in the colours of the scheme."""
    admin = backend("admin")
    arabic.speak(admin, admin)
    try:
        scheme = "dark" if dark else "light"
        client = login(
            "admin", "/odoo/factory", viewport=WINDOW, cookies={"color_scheme": scheme}
        )
        canvas = client.page.locator(".o_amanat_demo_canvas canvas").first
        expect(canvas).to_be_visible()
        require_within(canvas, client.page.locator(".o_amanat_demo_canvas").first)
        assert canvas.evaluate(_AXES) == {
            "reversed": True,
            "position": "right",
            "legend": True,
            "color": "#E4E4E4" if dark else "#111827",
        }
        assert client.errors() == []
    finally:
        arabic.speak_english(admin, admin)


def test_cards_of_others(in_arabic, login, records):
    records.make(2, state="draft")
    client = in_arabic()
    board = client.open_kanban(records.domain)
    client.wait_until_live()
    other = login("demo")
    other.open_form(records.ids[0])
    card = board.card(records.name(1))
    expect(card).to_have_attribute(PRESENT, "viewing", timeout=SOON)
    insets = card.evaluate("""card => {
        const {left, right} = getComputedStyle(card, "::before");
        return [parseFloat(left), parseFloat(right)];
    }""")
    # beside the menu of the card, which is at its end
    assert 0 < insets[0] < insets[1]
