"""Promise: an open form shows what others save, and never takes away what is typed."""

from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.pages import FLASH_CELL
from e2e.shapes import ONE_SHAPE


def test_clean_field_takes_the_new_value(open_form, backend):
    client, form, id_ = open_form(quantity=1)
    demo = backend("demo")
    demo.write(id_, quantity=99)
    expect(form.input("quantity")).to_have_value("99")
    client.settle()
    [flash] = client.flashes(FLASH_CELL)
    assert (flash["field"], flash["hue"]) == ("quantity", client.hue(demo))
    assert client.rpc.calls == []


@ONE_SHAPE
def test_name_and_breadcrumb_follow(open_form, backend, records):
    client, form, id_ = open_form()
    name = f"{records.key} renamed"
    backend("demo").write(id_, name=name)
    expect(form.input("name")).to_have_value(name)
    expect(form.breadcrumb).to_contain_text(name)


@ONE_SHAPE
def test_state_and_buttons_follow(open_form, backend):
    _client, form, id_ = open_form(state="draft")
    expect(form.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    backend("demo").call(MODEL, "action_start", [id_])
    expect(
        form.page.get_by_role("button", name="Mark as Done", exact=True)
    ).to_be_visible()
    expect(form.page.get_by_role("button", name="Start", exact=True)).to_have_count(0)


def test_lines_and_totals_follow(open_form, backend):
    client, form, id_ = open_form(
        line_ids=[(0, 0, {"name": "first line", "quantity": 1, "price": 10})]
    )
    demo = backend("demo")
    [line] = demo.read(id_, "line_ids")["line_ids"]
    demo.write(
        id_,
        line_ids=[
            (1, line, {"quantity": 3}),
            (0, 0, {"name": "second line", "quantity": 2, "price": 5}),
        ],
    )
    lines = form.field("line_ids").locator("tr.o_data_row")
    expect(lines).to_have_count(2)
    expect(lines.nth(0).locator("td[name=quantity]")).to_contain_text("3")
    expect(lines.nth(1).locator("td[name=name]")).to_have_text("second line")
    expect(form.field("total")).to_contain_text("40.00")
    client.settle()
    assert len(client.rpc.calls) <= 2, client.rpc.calls


@ONE_SHAPE
def test_typed_value_stays_and_both_values_are_told(open_form, backend):
    client, form, id_ = open_form(quantity=1, description="old")
    demo = backend("demo")
    form.input("quantity").fill("11")
    form.input("quantity").press("Tab")
    demo.write(id_, quantity=22)
    told = client.toasts.filter(has_text="22")
    expect(told).to_be_visible()
    expect(told).to_contain_text("11")
    expect(told).to_contain_text(demo.name)
    expect(form.input("quantity")).to_have_value("11")
    # other fields go on being live
    demo.write(id_, date="2031-05-06")
    expect(form.field("date")).to_contain_text("2031")
    expect(form.input("quantity")).to_have_value("11")


@ONE_SHAPE
def test_text_that_is_being_typed_keeps_focus_and_caret(open_form, backend, records):
    client, form, id_ = open_form(quantity=1)
    field = form.input("name")
    field.click()
    field.press("Home")
    field.press_sequentially("abc")
    backend("demo").write(id_, quantity=7, name=f"{records.key} theirs")
    expect(form.input("quantity")).to_have_value("7")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"abc{records.name(1)}")
    field.press_sequentially("def")
    expect(field).to_have_value(f"abcdef{records.name(1)}")


def test_deleted_record_says_so(open_form, backend):
    client, form, id_ = open_form()
    demo = backend("demo")
    demo.unlink(id_)
    expect(form.gone_banner).to_be_visible()
    expect(form.gone_banner).to_contain_text(demo.name)
    client.settle()
    assert client.errors() == []
