"""Promise: several views of one model in one tab are all live, also to each other."""

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

_OPEN_DIALOG = """([model, id]) => {
    odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
        target: "new",
    });
}"""


@pytest.fixture
def dialog_over_list(login, records):
    ids = records.make(2, quantity=1)
    client = login("admin")
    view = client.open_list(records.domain)
    expect(view.row(records.key)).to_have_count(2)
    client.wait_until_live()
    client.page.evaluate(_OPEN_DIALOG, [MODEL, ids[0]])
    dialog = client.page.locator(".o_dialog")
    expect(dialog.locator("[name=name] input")).to_have_value(records.name(1))
    return client, view, dialog, ids


def test_both_show_what_somebody_else_saves(dialog_over_list, backend, records):
    client, view, dialog, ids = dialog_over_list
    backend("demo").write(ids[0], quantity=77)
    expect(dialog.locator("[name=quantity] input")).to_have_value("77")
    expect(view.cell(records.name(1), "quantity")).to_have_text("77")
    backend("demo").write(ids[1], quantity=88)
    expect(view.cell(records.name(2), "quantity")).to_have_text("88")


def test_the_list_shows_what_is_saved_in_the_dialog(dialog_over_list, records):
    client, view, dialog, ids = dialog_over_list
    dialog.locator("[name=quantity] input").fill("55")
    dialog.locator(".o_form_button_save").click()
    expect(view.cell(records.name(1), "quantity")).to_have_text("55")
    client.settle()
    expect(client.toasts).to_have_count(0)
    assert client.errors() == []
