"""Promise: who works on a record that somebody deletes is told by whom, keeps what they
typed, and may make the record again or let it go.
"""

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE

# what these guard does not depend on how the server is run
pytestmark = ONE_SHAPE

NOTICE = ".o_amanat_gone_row_notice"


@pytest.fixture
def found(backend, records):
    """``found()``: the records of this test that there are."""
    admin = backend("admin")
    fields = ["name", "quantity", "amount", "line_ids"]
    return lambda: admin.call(MODEL, "search_read", records.domain, fields)


@pytest.fixture
def gone_form(login, records, backend):
    """Change a form, then let somebody delete its record."""

    def make():
        lines = [(0, 0, {"name": "a line", "quantity": 2})]
        id_ = records.make_one(quantity=1, amount=3, line_ids=lines)
        client = login("admin")
        form = client.open_form(id_)
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        form.input("quantity").fill("7")
        backend("demo").unlink(id_)
        expect(form.gone_banner).to_contain_text("deleted by Marc Demo")
        expect(form.input("quantity")).to_have_value("7")
        return form, id_

    return make


@pytest.fixture
def gone_row(login, records, backend):
    """Type in a row, then let somebody delete its record."""

    def make():
        ids = records.make(2, quantity=1, amount=3)
        client = login("admin")
        view = client.open_list(records.domain)
        expect(view.rows).to_have_count(2)
        client.wait_until_live()
        view.cell(records.name(1), "quantity").click()
        typed = view.page.locator("tr.o_selected_row td[name=quantity] input")
        typed.fill("7")
        backend("demo").unlink(ids[0])
        notice = view.page.locator(NOTICE)
        expect(notice).to_contain_text("deleted by Marc Demo")
        expect(typed).to_have_value("7")
        return view, notice, ids

    return make


def test_form_restored(gone_form, found, records):
    form, id_ = gone_form()
    form.gone_banner.get_by_role("button", name="Restore as new").click()
    expect(form.gone_banner).to_have_count(0)
    expect(form.input("name")).to_have_value(records.name(1))
    expect(form.input("quantity")).to_have_value("7")
    [again] = found()
    assert again["id"] != id_
    assert (again["quantity"], again["amount"]) == (7, 3)
    assert len(again["line_ids"]) == 1
    # and it is a record like any other
    form.input("quantity").fill("8")
    form.save_button.click()
    expect(form.clean_status).to_have_count(1)
    assert [record["quantity"] for record in found()] == [8]
    assert form.client.errors() == []


def test_form_discarded(gone_form, found, records):
    form, _id = gone_form()
    form.gone_banner.get_by_role("button", name="Discard").click()
    expect(form.gone_banner).to_have_count(0)
    expect(form.page.get_by_text(records.name(1))).to_have_count(0)
    assert found() == []
    assert form.client.errors() == []


def test_saving_says_so_too(slow_login, records, backend, found):
    """Nobody told this page before."""
    id_ = records.make_one(quantity=1)
    client, bus = slow_login("admin")
    form = client.open_form(id_)
    expect(form.input("name")).to_have_value(records.name(1))
    client.wait_until_live()
    bus.hold()
    backend("demo").unlink(id_)
    form.input("quantity").fill("7")
    form.save_button.click()
    expect(form.gone_banner).to_be_visible()
    expect(form.input("quantity")).to_have_value("7")
    form.gone_banner.get_by_role("button", name="Restore as new").click()
    expect(form.gone_banner).to_have_count(0)
    assert [record["quantity"] for record in found()] == [7]


def test_row_restored(gone_row, found, records):
    view, notice, ids = gone_row()
    notice.get_by_role("button", name="Restore as new").click()
    expect(notice).to_have_count(0)
    expect(view.rows).to_have_count(2)
    expect(view.cell(records.name(1), "quantity")).to_have_text("7")
    values = {record["name"]: record for record in found()}
    assert len(values) == 2
    again = values[records.name(1)]
    assert again["id"] not in ids
    assert (again["quantity"], again["amount"]) == (7, 3)
    assert view.client.errors() == []


def test_row_discarded(gone_row, found, records):
    view, notice, ids = gone_row()
    notice.get_by_role("button", name="Discard").click()
    expect(notice).to_have_count(0)
    expect(view.rows).to_have_count(1)
    expect(view.rows).to_contain_text(records.name(2))
    assert [record["id"] for record in found()] == ids[1:]
    assert view.client.errors() == []
