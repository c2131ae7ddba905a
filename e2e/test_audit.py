"""Promise: a manager sees who changed what, from what to what, and opens the record."""

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.pages import ListView
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

ACTIVITY = "/odoo/action-amanat_realtime.action_activity"
LINES = "amanat.realtime.model"


@pytest.fixture
def audited(backend):
    """The test model, audited as long as the test lasts."""
    admin = backend("admin")
    [model_id] = admin.call("ir.model", "search", [["model", "=", MODEL]])
    found = admin.call(LINES, "search", [["model_id", "=", model_id]])
    ids = found or admin.create({"model_id": model_id}, model=LINES)
    admin.write(ids, model=LINES, audit=True)
    yield
    if found:
        admin.write(ids, model=LINES, audit=False)
    else:
        admin.unlink(ids, model=LINES)


def test_manager_sees_a_change_and_opens_the_record(login, backend, records, audited):
    id_ = records.make_one(quantity=1)
    name = records.name(1)
    author = login("demo")
    form = author.open_form(id_)
    author.wait_until_live()
    form.input("quantity").fill("42")
    form.save_button.click()
    expect(form.clean_status).to_have_count(1)

    manager = login("admin", ACTIVITY)
    page = manager.page
    page.locator(".o_searchview_input").fill(name)
    offered = page.locator(".o_searchview_autocomplete .o-dropdown-item")
    expect(offered.first).to_contain_text(name)
    offered.first.click()
    view = ListView(manager)
    expect(page.locator(".o_facet_value", has_text=name)).to_be_visible()
    # the creation and the change, and nothing of others
    expect(view.rows).to_have_count(2)
    change = view.rows.filter(has_text="Quantity")
    expect(change).to_have_count(1)
    for field, text in {
        "user_id": "Marc Demo",
        "record_name": name,
        "action": "Changed",
        "field_label": "Quantity",
        "old_value": "1",
        "new_value": "42",
        "origin": "View",
    }.items():
        expect(change.locator(f"td[name={field}]")).to_have_text(text)
    created = view.rows.filter(has_text="Created")
    expect(created.locator("td[name=origin]")).to_have_text("RPC")

    change.get_by_role("button", name="Open record").click()
    expect(page.locator(".o_form_view [name=name] input")).to_have_value(name)

    page.locator(".o_breadcrumb").get_by_text("Activity", exact=True).click()
    expect(change).to_be_visible()
    backend("admin").unlink(id_)
    change.get_by_role("button", name="Open record").click()
    expect(manager.toasts.filter(has_text=name)).to_contain_text("was deleted")
