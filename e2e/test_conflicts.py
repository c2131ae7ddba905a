"""Promise: of two people in the same table, nobody's work is overwritten in silence."""

import pytest
from playwright.sync_api import expect

from e2e.browser import BACK_OFF
from e2e.conflicts import ConflictDialog, Mark, infos, marks, warnings
from e2e.shapes import ONE_SHAPE

NUMBER = "quantity"
INPUT = "tr.o_selected_row td[name={}] input"

# how long a toast was there, in ms: who looks for it comes late on a busy machine
_TIME_TOAST = """() => {
    window.amanatToast = new Promise((resolve) => {
        let begin = null;
        new MutationObserver((_mutations, observer) => {
            const isThere = document.querySelector(".o_amanat_toast");
            if (isThere) {
                begin ??= performance.now();
            } else if (begin !== null) {
                observer.disconnect();
                resolve(performance.now() - begin);
            }
        }).observe(document.body, {childList: true, subtree: true});
    });
}"""


@pytest.fixture
def two_lists(slow_login, records):
    """Open a list of two records, of which the first one is of interest, for admin, who
    may be kept from hearing of changes, and for demo.
    """

    def make(**vals):
        id_, _other = records.make(2, **vals)
        admin, bus = slow_login("admin")
        demo, _bus = slow_login("demo")
        views = [client.open_list(records.domain) for client in (admin, demo)]
        for view in views:
            expect(view.rows).to_have_count(2)
        admin.wait_until_live()
        demo.wait_until_live(admin)
        return (*views, bus, id_)

    return make


@pytest.fixture
def stored(backend):
    """``stored(id_)``: the number in the database."""
    return lambda id_: backend("auditor").read(id_, NUMBER)[NUMBER]


def cell(view, field=NUMBER):
    return view.cells(field).first


def type_in(view, value, field=NUMBER):
    """Type in a cell, and leave it at that."""
    view.page.bring_to_front()
    cell(view, field).click()
    typed = view.page.locator(INPUT.format(field))
    expect(typed).to_be_focused()
    typed.fill(str(value))
    return typed


@ONE_SHAPE
def test_what_one_saves_the_other_sees_and_is_told(two_lists, stored, records):
    view, other, _bus, id_ = two_lists(quantity=0)
    view.page.evaluate(_TIME_TOAST)
    type_in(other, 500).press("Enter")
    told = infos(view.page)
    expect(told).to_contain_text("0 → 500")
    expect(told).to_contain_text(records.name(1))
    expect(told).to_contain_text(other.client.user.name)
    expect(cell(view)).to_have_text("500")
    expect(told).to_have_count(0)
    lived = view.page.evaluate("() => window.amanatToast")
    assert 4000 < lived < 9000, "it was to go after five seconds"
    assert stored(id_) == 500
    expect(infos(other.page)).to_have_count(0)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("mine", 100), ("theirs", 200)], ids=["mine", "theirs"]
)
def test_both_in_the_same_cell(two_lists, stored, answer, outcome):
    view, other, _bus, id_ = two_lists(quantity=0)
    demo = other.client.user.name
    typed = type_in(view, 100)
    type_in(other, 200).press("Enter")
    expect(Mark(cell(view)).text).to_contain_text(demo)
    expect(Mark(cell(view)).text).to_contain_text("200")
    warning = warnings(view.page)
    expect(warning).to_contain_text("Your value: 100")
    expect(warning).to_contain_text(f"Value of {demo}: 200")
    view.page.bring_to_front()
    expect(typed).to_be_focused()
    expect(typed).to_have_value("100")

    typed.press("Enter")
    dialog = ConflictDialog(view.page)
    dialog.expect_values("0", "100", "200")
    expect(dialog.root).to_contain_text(demo)
    assert stored(id_) == 200
    dialog.answer(answer)
    expect(marks(view.page)).to_have_count(0)
    view.client.settle()
    assert stored(id_) == outcome
    view.page.keyboard.press("Escape")
    expect(cell(view)).to_contain_text(str(outcome))
    expect(cell(other)).to_have_text(str(outcome))
    assert view.client.errors() == []


@ONE_SHAPE
@pytest.mark.parametrize(
    ("choice", "outcome"),
    [("keep_mine", 100), ("take_theirs", 200)],
    ids=["mine", "theirs"],
)
def test_choice_in_the_cell_needs_no_dialog(two_lists, stored, choice, outcome):
    view, other, _bus, id_ = two_lists(quantity=0)
    typed = type_in(view, 100)
    other.client.user.write(id_, quantity=200)
    getattr(Mark(cell(view)), choice)()
    expect(typed).to_have_value(str(outcome))
    assert stored(id_) == 200
    expect(typed).to_be_focused()
    typed.press("Enter")
    expect(cell(other)).to_have_text(str(outcome))
    expect(ConflictDialog(view.page).root).to_have_count(0)
    view.client.settle()
    assert stored(id_) == outcome


@ONE_SHAPE
def test_different_cells_of_one_row(two_lists, backend):
    view, other, _bus, id_ = two_lists(quantity=0, amount=0)
    typed = type_in(view, 100)
    type_in(other, 50, "amount").press("Enter")
    expect(view.page.locator(INPUT.format("amount"))).to_have_value("50.00")
    expect(infos(view.page)).to_contain_text("50.00")
    view.page.bring_to_front()
    typed.press("Enter")
    expect(cell(other)).to_have_text("100")
    expect(infos(other.page)).to_contain_text("0 → 100")
    for page in (view.page, other.page):
        expect(marks(page)).to_have_count(0)
        expect(ConflictDialog(page).root).to_have_count(0)
    assert backend("admin").read(id_, "amount")["amount"] == 50
    assert backend("admin").read(id_, NUMBER)[NUMBER] == 100


@ONE_SHAPE
def test_offline_then_back(two_lists, stored):
    view, other, bus, id_ = two_lists(quantity=1)
    window = view.page.context
    bus.hold()
    window.set_offline(True)
    try:
        typed = type_in(view, 7)
        typed.press("Enter")
        lost = view.client.toasts.filter(has_text="No connection")
        expect(lost).to_be_visible()
        type_in(other, 9).press("Enter")
        expect(cell(other)).to_have_text("9")
        other.client.settle()
        assert stored(id_) == 9
    finally:
        window.set_offline(False)
    bus.release()
    view.page.bring_to_front()
    expect(typed).to_have_value("7")
    expect(Mark(cell(view)).text).to_contain_text("9", timeout=BACK_OFF)
    typed.press("Enter")
    dialog = ConflictDialog(view.page)
    dialog.expect_values("1", "7", "9")
    assert stored(id_) == 9
    dialog.answer("mine")
    view.client.settle()
    assert stored(id_) == 7


def test_stale_cell_is_asked_about(two_lists, stored):
    """The story that it all began with: 0 typed over a 100 that was not seen yet."""
    view, other, bus, id_ = two_lists(quantity=3)
    bus.hold()
    type_in(other, 100).press("Enter")
    expect(cell(other)).to_have_text("100")
    expect(cell(view)).to_have_text("3")
    type_in(view, 0).press("Enter")
    dialog = ConflictDialog(view.page)
    dialog.expect_values("3", "0", "100")
    assert stored(id_) == 100
    dialog.answer("theirs")
    bus.release()
    view.client.settle()
    view.page.keyboard.press("Escape")
    expect(cell(view)).to_contain_text("100")
    assert stored(id_) == 100


@ONE_SHAPE
def test_enter_in_a_stale_cell_saves_nothing(two_lists, stored):
    view, other, bus, id_ = two_lists(quantity=0)
    bus.hold()
    other.client.user.write(id_, quantity=100)
    cell(view).click()
    view.page.locator(INPUT.format(NUMBER)).press("Enter")
    view.client.settle()
    assert stored(id_) == 100
    bus.release()
    view.page.keyboard.press("Escape")
    expect(cell(view)).to_have_text("100")


@ONE_SHAPE
def test_escape_leaves_everything_usable(two_lists, stored):
    view, other, bus, id_ = two_lists(quantity=1)
    bus.hold()
    other.client.user.write(id_, quantity=2)
    typed = type_in(view, 3)
    dialog = ConflictDialog(view.page)
    for _twice in range(2):
        typed.press("Enter")
        expect(dialog.root).to_be_visible()
        view.page.keyboard.press("Escape")
        expect(dialog.root).to_have_count(0)
        expect(typed).to_have_value("3")
    typed.fill("4")
    expect(typed).to_have_value("4")
    typed.press("Enter")
    dialog.expect_values("1", "4", "2")
    assert stored(id_) == 2
    dialog.answer("mine")
    view.client.settle()
    assert stored(id_) == 4
    bus.release()
    view.client.settle()
    # and once more, with nobody else
    type_in(view, 5).press("Enter")
    expect(cell(other)).to_have_text("5")
    expect(dialog.root).to_have_count(0)
    assert stored(id_) == 5
    assert view.client.errors() == []
