"""Promise: whichever way a page saves that has not heard of what somebody else saved,
the person is asked, and what is stored stays until they have answered.
"""

import re

import pytest
from playwright.sync_api import expect

from e2e.conflicts import ConflictDialog, Mark, marks, warnings
from e2e.odoo_client import MODEL
from e2e.pages import FormView
from e2e.shapes import ONE_SHAPE

# what these guard does not depend on how the server is run
pytestmark = ONE_SHAPE

TAG = "amanat.test.realtime.tag"
LINE = "amanat.test.realtime.line"
FORM = "amanat_realtime.amanat_test_realtime_view_form"
PHONE = {"width": 375, "height": 667}

# Chromium without a screen never hides a tab, not even a minimised one
_HIDE = """hidden => {
    const state = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", {
        configurable: true, value: state,
    });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
_OPEN_IN_DIALOG = """([model, id]) =>
    odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
        type: "ir.actions.act_window", res_model: model, res_id: id,
        views: [[false, "form"]], target: "new",
    })"""


@pytest.fixture
def theirs(backend):
    """The other person, who needs no window here."""
    return backend("demo")


@pytest.fixture
def stored(backend):
    """``stored(id_, "quantity")``: a value in the database."""
    auditor = backend("auditor")
    return lambda id_, field, model=MODEL: auditor.read(id_, field, model=model)[field]


@pytest.fixture
def stale_form(slow_login, records, theirs):
    """Open the form of a record for admin, and let demo change it unheard."""

    def make(change, views=None, **vals):
        id_ = records.make_one(**vals)
        client, bus = slow_login("admin")
        form = client.open_form(id_, **({"views": views} if views else {}))
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        bus.hold()
        if callable(change):
            change(id_)
        else:
            theirs.write(id_, **change)
        return form, id_

    return make


@pytest.fixture
def live_form(login, records):
    """Open the form of a record for admin, who hears of everything at once."""

    def make(**vals):
        id_ = records.make_one(**vals)
        client = login("admin")
        form = client.open_form(id_)
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        return form, id_

    return make


@pytest.fixture
def stale_list(slow_login, records, theirs):
    """Open a list for admin, and let demo change its second record unheard."""

    def make(count, change, view="list", **vals):
        ids = records.make(count, **vals)
        client, bus = slow_login("admin")
        opened = getattr(client, f"open_{view}")(records.domain)
        expect(opened.page.get_by_text(records.name(count))).to_be_visible()
        client.wait_until_live()
        bus.hold()
        theirs.write(ids[1], **change)
        return opened, ids

    return make


@pytest.fixture
def changed_view(backend):
    """``changed_view(FORM, "<data>…</data>")``: a form that differs from another one,
    as an action takes its views.
    """
    admin, made = backend("admin"), []

    def make(name, arch):
        module, xml_id = name.split(".")
        where = [["module", "=", module], ["name", "=", xml_id]]
        [row] = admin.call("ir.model.data", "search_read", where, ["res_id"])
        vals = {
            "name": "e2e",
            "model": MODEL,
            "inherit_id": row["res_id"],
            "mode": "primary",
            "priority": 9999,
            "arch": arch,
        }
        made.extend(admin.create(vals, model="ir.ui.view"))
        return [[made[-1], "form"]]

    yield make
    admin.unlink(made, model="ir.ui.view")


def type_number(form, value="7"):
    form.input("quantity").fill(value)
    form.input("quantity").press("Tab")


def expect_clean(form):
    expect(form.clean_status).to_have_count(1)


def drag(page, what, x, y):
    """Drag something to a place, as a hand does it: not in one jump."""
    what.hover()
    page.mouse.down()
    page.mouse.move(x - 5, y - 5, steps=5)
    page.mouse.move(x, y, steps=5)
    page.mouse.up()


# --- a form ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"), [("mine", 7), ("theirs", 5)], ids=["mine", "theirs"]
)
def test_form_button(stale_form, stored, answer, outcome):
    form, id_ = stale_form({"quantity": 5}, quantity=1)
    type_number(form)
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1", "7", "5")
    assert stored(id_, "quantity") == 5
    dialog.answer(answer)
    expect_clean(form)
    expect(form.input("quantity")).to_have_value(str(outcome))
    assert stored(id_, "quantity") == outcome


def test_button_of_the_record(stale_form, stored):
    """It saves first; what it does must not happen without."""
    form, id_ = stale_form({"quantity": 5}, quantity=1, state="draft")
    type_number(form)
    form.page.get_by_role("button", name="Start", exact=True).click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1", "7", "5")
    assert stored(id_, "state") == "draft"
    dialog.answer("mine")
    expect_clean(form)
    assert stored(id_, "quantity") == 7
    form.page.get_by_role("button", name="Start", exact=True).click()
    expect(
        form.page.get_by_role("button", name="Mark as Done", exact=True)
    ).to_be_visible()
    assert stored(id_, "state") == "in_progress"


def test_breadcrumb(stale_list, stored, records):
    view, ids = stale_list(2, {"quantity": 5}, quantity=1)
    view.row(records.name(2)).locator(".o_list_record_open_form_view").click()
    form = FormView(view.client)
    expect(form.input("name")).to_have_value(records.name(2))
    # the form has read the record anew
    view.client.user.call(MODEL, "write", [ids[1]], {"quantity": 6})
    type_number(form)
    form.page.locator(".o_breadcrumb a, .o_back_button").first.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("5", "7", "6")
    expect(form.input("quantity")).to_have_value("7")
    assert stored(ids[1], "quantity") == 6
    dialog.answer("mine")
    expect_clean(form)
    form.page.locator(".o_breadcrumb a, .o_back_button").first.click()
    expect(view.cell(records.name(2), "quantity")).to_have_text("7")
    assert stored(ids[1], "quantity") == 7


def test_pager(stale_list, stored, records):
    view, ids = stale_list(2, {"quantity": 5}, quantity=1)
    view.row(records.name(2)).locator(".o_list_record_open_form_view").click()
    form = FormView(view.client)
    expect(form.input("name")).to_have_value(records.name(2))
    view.client.user.call(MODEL, "write", [ids[1]], {"quantity": 6})
    type_number(form)
    form.page.locator(".o_pager_next").click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("5", "7", "6")
    expect(form.input("name")).to_have_value(records.name(2))
    form.page.keyboard.press("Escape")
    expect(dialog.root).to_have_count(0)
    form.page.locator(".o_pager_next").click()
    expect(dialog.root).to_have_count(1)
    dialog.answer("theirs")
    expect(form.input("quantity")).to_have_value("6")
    form.page.locator(".o_pager_next").click()
    expect(form.input("name")).to_have_value(records.name(1))
    assert stored(ids[1], "quantity") == 6


def test_hidden_tab(stale_form, stored):
    form, id_ = stale_form({"quantity": 5}, quantity=1, date="2030-01-01")
    type_number(form)
    form.page.evaluate(_HIDE, True)
    # it was saved without anybody looking: the question waits for the person
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1", "7", "5")
    assert stored(id_, "quantity") == 5
    form.page.evaluate(_HIDE, False)
    dialog.answer("mine")
    expect_clean(form)
    assert stored(id_, "quantity") == 7


def test_click_in_the_status_bar(stale_form, stored, changed_view):
    views = changed_view(
        FORM,
        """<data><field name="state" position="attributes">
            <attribute name="options">{'clickable': '1'}</attribute>
        </field></data>""",
    )
    form, id_ = stale_form({"state": "done"}, views=views, state="draft")
    form.page.locator(".o_statusbar_status button[data-value=in_progress]").click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("Draft", "In Progress", "Done")
    assert stored(id_, "state") == "done"
    dialog.answer("theirs")
    chosen = form.page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(chosen).to_have_text("Done")
    expect_clean(form)
    assert stored(id_, "state") == "done"


def test_form_in_a_dialog(stale_list, stored, records):
    view, ids = stale_list(2, {"amount": 3}, quantity=1)
    view.page.evaluate(_OPEN_IN_DIALOG, [MODEL, ids[1]])
    form = view.page.locator(".o_dialog .o_form_view")
    number = form.locator("[name=quantity] input")
    expect(number).to_have_value("1")
    view.client.user.write(ids[1], quantity=5)
    number.fill("7")
    view.page.locator(".o_dialog .o_form_button_save").click()
    dialog = ConflictDialog(view.page)
    dialog.expect_values("1", "7", "5")
    assert stored(ids[1], "quantity") == 5
    view.page.keyboard.press("Escape")
    expect(dialog.root).to_have_count(0)
    # the form below is as it was
    expect(number).to_have_value("7")
    view.page.locator(".o_dialog .o_form_button_save").click()
    dialog.expect_values("1", "7", "5")
    dialog.answer("mine")
    expect(number).to_have_value("7")
    assert stored(ids[1], "quantity") == 7
    # only the question was answered: the form is still there
    view.page.locator(".o_dialog .o_form_button_save").click()
    expect(form).to_have_count(0)
    assert stored(ids[1], "quantity") == 7


def test_tags(stale_form, stored, theirs, records):
    names = [f"{records.key} {letter}" for letter in "abc"]
    a, b, c = theirs.create(*({"name": name} for name in names), model=TAG)
    form, id_ = stale_form({"tag_ids": [(4, b)]}, tag_ids=[(4, a)])
    field = form.field("tag_ids").locator("input")
    field.fill(names[2])
    form.page.get_by_role("option", name=names[2], exact=True).click()
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    a_and = "{0}, {1}".format
    dialog.expect_values(names[0], a_and(names[0], names[2]), a_and(*names[:2]))
    assert sorted(stored(id_, "tag_ids")) == [a, b]
    dialog.answer("mine")
    expect_clean(form)
    assert sorted(stored(id_, "tag_ids")) == [a, c]
    theirs.unlink([a, b, c], model=TAG)


# --- lines ----------------------------------------------------------------------------


def line_of(theirs, id_):
    [line] = theirs.read(id_, "line_ids")["line_ids"]
    return line


LINES = [(0, 0, {"name": "a line", "quantity": 1, "price": 10})]


def type_in_line(form, value="7", field="quantity"):
    form.field("line_ids").locator(f"td[name={field}]").first.click()
    typed = form.field("line_ids").locator(f"td[name={field}] input")
    typed.fill(value)
    return typed


@pytest.mark.parametrize(
    ("answer", "outcome"), [("mine", 7), ("theirs", 5)], ids=["mine", "theirs"]
)
def test_same_line(stale_form, stored, theirs, answer, outcome):
    def change(id_):
        theirs.write(line_of(theirs, id_), model=LINE, quantity=5)

    form, id_ = stale_form(change, line_ids=LINES)
    type_in_line(form)
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1.00", "7.00", "5.00")
    expect(dialog.root).to_contain_text("a line")
    line = line_of(theirs, id_)
    assert stored(line, "quantity", LINE) == 5
    dialog.answer(answer)
    expect_clean(form)
    assert line_of(theirs, id_) == line
    assert stored(line, "quantity", LINE) == outcome


def test_line_is_marked_while_it_is_changed(live_form, theirs):
    form, id_ = live_form(line_ids=LINES)
    typed = type_in_line(form)
    line = line_of(theirs, id_)
    theirs.write(line, model=LINE, quantity=5, price=20)
    mark = Mark(form.field("line_ids").locator("td[name=quantity]"))
    expect(mark.text).to_contain_text("5.00")
    expect(form.field("line_ids").locator("td[name=price] input")).to_have_value(
        "20.00"
    )
    expect(typed).to_have_value("7")
    mark.keep_mine()
    form.save_button.click()
    expect_clean(form)
    expect(ConflictDialog(form.page).root).to_have_count(0)
    saved = theirs.read(line, "quantity", "price", model=LINE)
    assert (saved["quantity"], saved["price"]) == (7, 20)


def test_different_lines(live_form, theirs):
    """What is computed of both is nobody's work."""
    form, id_ = live_form(line_ids=[*LINES, *LINES])
    type_in_line(form).press("Tab")
    expect(form.field("total")).to_contain_text("80.00")
    line = theirs.read(id_, "line_ids")["line_ids"][1]
    theirs.write(line, model=LINE, quantity=3)
    rows = form.field("line_ids").locator("tr.o_data_row")
    expect(rows.nth(1)).to_contain_text("3.00")
    form.client.settle()
    expect(marks(form.page)).to_have_count(0)
    expect(warnings(form.page)).to_have_count(0)
    form.save_button.click()
    expect_clean(form)
    expect(form.field("total")).to_contain_text("100.00")


def test_line_that_they_delete_while_i_type(live_form, theirs):
    form, id_ = live_form(line_ids=LINES)
    type_in_line(form)
    line = line_of(theirs, id_)
    theirs.unlink(line, model=LINE)
    form.client.bus.wait_for(f'"unlink":[{line}]')
    form.client.settle()
    expect(form.field("total")).to_contain_text(re.compile(r"(?<![\d,])0\.00"))
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    expect(dialog.text("theirs")).to_have_text("Deleted")
    dialog.answer("mine")
    expect_clean(form)
    [line] = theirs.read(id_, "line_ids")["line_ids"]
    assert theirs.read(line, "quantity", model=LINE)["quantity"] == 7


@pytest.mark.parametrize("answer", ["mine", "theirs"])
def test_line_that_they_deleted(stale_form, stored, theirs, answer):
    form, id_ = stale_form({"amount": 5}, line_ids=LINES)
    type_in_line(form).press("Tab")
    expect(form.field("total")).to_contain_text("70.00")
    theirs.unlink(line_of(theirs, id_), model=LINE)
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    expect(dialog.text("theirs")).to_have_text("Deleted")
    expect(dialog.text("mine")).to_contain_text("a line")
    assert stored(id_, "line_ids") == []
    dialog.answer(answer)
    expect_clean(form)
    rows = form.field("line_ids").locator("tr.o_data_row")
    if answer == "theirs":
        expect(rows).to_have_count(0)
        assert stored(id_, "line_ids") == []
    else:
        expect(rows).to_have_count(1)
        saved = theirs.read(line_of(theirs, id_), "name", "quantity", model=LINE)
        assert (saved["name"], saved["quantity"]) == ("a line", 7)


def test_line_that_i_delete_and_they_changed(stale_form, stored, theirs):
    def change(id_):
        theirs.write(line_of(theirs, id_), model=LINE, quantity=5)

    form, id_ = stale_form(change, line_ids=LINES)
    form.field("line_ids").locator(".o_list_record_remove").first.click()
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    expect(dialog.text("theirs")).to_have_text("5.00")
    line = line_of(theirs, id_)
    dialog.answer("theirs")
    expect_clean(form)
    rows = form.field("line_ids").locator("tr.o_data_row")
    expect(rows.locator("td[name=quantity]")).to_contain_text("5.00")
    assert stored(line, "quantity", LINE) == 5


def test_line_in_a_dialog(stale_form, stored, theirs, changed_view):
    views = changed_view(
        FORM,
        """<data><xpath expr="//field[@name='line_ids']/list" position="attributes">
            <attribute name="editable"/>
        </xpath></data>""",
    )

    form, id_ = stale_form({"amount": 5}, views=views, line_ids=LINES)
    line = line_of(theirs, id_)
    form.field("line_ids").locator("tr.o_data_row td[name=name]").click()
    number = form.page.locator(".o_dialog [name=quantity] input")
    # opening it has read the line anew
    expect(number).to_have_value("1.00")
    theirs.write(line, model=LINE, quantity=5)
    number.fill("7")
    form.page.locator(".o_dialog .o_form_button_save").click()
    expect(number).to_have_count(0)
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1.00", "7.00", "5.00")
    assert stored(line, "quantity", LINE) == 5
    dialog.answer("mine")
    expect_clean(form)
    assert stored(line, "quantity", LINE) == 7


# --- a phone --------------------------------------------------------------------------


def test_phone(login, records, theirs, stored):
    id_ = records.make_one(quantity=1, amount=1)
    client = login("admin", viewport=PHONE, has_touch=True, is_mobile=True)
    form = client.open_form(id_)
    expect(form.input("name")).to_have_value(records.name(1))
    client.wait_until_live()
    number, amount = form.input("quantity"), form.input("amount")
    number.fill("7")
    amount.fill("9")
    amount.press("Tab")
    theirs.write(id_, quantity=5, amount=4)
    expect(marks(form.page)).to_have_count(2)
    expect_inside(marks(form.page).first)
    form.save_button.tap()
    dialog = ConflictDialog(form.page)
    expect(dialog.entries).to_have_count(2)
    overflow = "e => e.scrollWidth - e.clientWidth"
    assert dialog.root.locator(".modal-body").evaluate(overflow) <= 0
    for name in ("save", "mine", "theirs", "cancel"):
        expect_inside(dialog.root.locator(f"button[name={name}]"))
    for label, side in (("Quantity", "mine"), ("Amount", "theirs")):
        choice = dialog.entry(label).locator(f"input[value={side}]")
        choice.scroll_into_view_if_needed()
        expect_inside(choice)
        choice.tap()
        expect(choice).to_be_checked()
    dialog.root.locator("button[name=save]").tap()
    expect(dialog.root).to_have_count(0)
    expect(marks(form.page)).to_have_count(0)
    client.settle()
    assert (stored(id_, "quantity"), stored(id_, "amount")) == (7, 4)
    assert client.errors() == []


def expect_inside(element):
    """:raises AssertionError: a person with a phone cannot see all of it"""
    box = element.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], box
    assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], box


# --- lists and boards -----------------------------------------------------------------


@pytest.mark.parametrize("leave", ["Enter", "Tab", "click"])
def test_cell(stale_list, stored, records, leave):
    view, ids = stale_list(3, {"quantity": 5}, quantity=1)
    view.cell(records.name(2), "quantity").click()
    typed = view.page.locator("tr.o_selected_row td[name=quantity] input")
    typed.fill("7")
    if leave == "click":
        view.cell(records.name(3), "quantity").click()
    else:
        # Tab leaves the row from its last cell only
        presses = 1 if leave == "Enter" else 3
        for _cell in range(presses):
            view.page.keyboard.press(leave)
    dialog = ConflictDialog(view.page)
    dialog.expect_values("1", "7", "5")
    assert stored(ids[1], "quantity") == 5
    dialog.answer("mine")
    view.client.settle()
    assert stored(ids[1], "quantity") == 7


def select_all(view):
    view.page.locator("thead .o_list_record_selector input").check()


@pytest.mark.parametrize(
    ("typed", "mine", "outcome"),
    [("9", "9", [9, 20, 9]), ("+=5", "6", [6, 20, 6])],
    ids=["value", "calculation"],
)
def test_several_records(stale_list, stored, records, typed, mine, outcome):
    view, ids = stale_list(3, {"quantity": 20}, quantity=1)
    select_all(view)
    view.cell(records.name(1), "quantity").click()
    number = view.page.locator("td[name=quantity] input")
    number.fill(typed)
    number.press("Enter")
    view.page.locator(".modal .btn-primary").click()
    dialog = ConflictDialog(view.page)
    dialog.expect_values("1", mine, "20")
    assert [stored(id_, "quantity") for id_ in ids] == [1, 20, 1]
    dialog.answer("theirs")
    for number_, value in enumerate(outcome, 1):
        expect(view.cell(records.name(number_), "quantity")).to_have_text(str(value))
    assert [stored(id_, "quantity") for id_ in ids] == outcome


@pytest.mark.parametrize(
    ("answer", "column", "outcome"),
    [("mine", "In Progress", "in_progress"), ("theirs", "Done", "done")],
    ids=["mine", "theirs"],
)
def test_card_that_both_move(stale_list, stored, records, answer, column, outcome):
    view, ids = stale_list(2, {"state": "done"}, view="kanban", state="draft")
    target = view.column("In Progress").bounding_box()
    card = view.card(records.name(2))
    drag(view.page, card, target["x"] + 100, target["y"] + 120)
    dialog = ConflictDialog(view.page)
    dialog.expect_values("Draft", "In Progress", "Done")
    assert stored(ids[1], "state") == "done"
    dialog.answer(answer)
    expect(view.card_in(column, records.name(2))).to_be_visible()
    expect(card).to_have_count(1)
    assert stored(ids[1], "state") == outcome


def test_order(stale_list, stored, records):
    view, ids = stale_list(3, {"sequence": 50})
    handle = view.row(records.name(3)).locator(".o_row_handle")
    target = view.row(records.name(1)).bounding_box()
    drag(view.page, handle, target["x"] + 30, target["y"] + 2)
    told = view.page.locator(".o_notification").filter(has_text="changed the order")
    expect(told).to_be_visible()
    assert [stored(id_, "sequence") for id_ in ids] == [1, 50, 3]
    for place, number in enumerate((1, 3, 2)):
        expect(view.rows.nth(place)).to_contain_text(records.name(number))
    # in the order that is shown now, it works
    target = view.row(records.name(1)).bounding_box()
    drag(view.page, handle, target["x"] + 30, target["y"] + 2)
    expect(view.rows.nth(0)).to_contain_text(records.name(3))
    view.client.settle()
    sequence = [stored(id_, "sequence") for id_ in ids]
    assert sequence[2] < sequence[0] < sequence[1]
