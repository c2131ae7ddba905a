"""Promise: what a person is typing is known as long as it is there, and no longer."""

from playwright.sync_api import expect

from e2e.conflicts import ConflictDialog, Mark, marks, warnings
from e2e.shapes import ONE_SHAPE


@ONE_SHAPE
def test_text_that_was_taken_back_is_nothing_to_decide_about(open_form, backend):
    client, form, id_ = open_form(quantity=1)
    field = form.input("quantity")
    field.click()
    field.press("End")
    field.press("5")
    field.press("Backspace")
    expect(field).to_have_value("1")
    backend("demo").write(id_, quantity=22)
    expect(field).to_have_value("22")
    client.settle()
    expect(marks(form.page)).to_have_count(0)
    expect(warnings(form.page)).to_have_count(0)


@ONE_SHAPE
def test_what_tab_picks_from_a_slow_search_is_not_lost(open_form, backend, records):
    names = [f"{records.key} {name}" for name in ("before", "theirs", "mine")]
    demo = backend("demo")
    admin = backend("admin")
    before, theirs, mine = admin.create(
        *({"name": name} for name in names), model="res.partner"
    )
    client, form, id_ = open_form(partner_id=before)
    held = []
    form.page.route("**/*name_search", lambda route: held.append(route))
    field = form.input("partner_id")
    with form.page.expect_request("**/*name_search"):
        field.fill(names[2])
    field.press("Tab")
    demo.write(id_, partner_id=theirs)
    expect(Mark(form.field("partner_id")).text).to_contain_text(names[1])
    while held:
        held.pop().continue_()
    form.page.unroute_all()
    expect(field).to_have_value(names[2])
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values(*(names[i] for i in (0, 2, 1)))
    dialog.answer("mine")
    expect(form.save_button).not_to_be_visible()
    assert demo.read(id_, "partner_id")["partner_id"][0] == mine
    admin.unlink([before, theirs, mine], model="res.partner")
