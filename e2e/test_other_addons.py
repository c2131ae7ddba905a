"""Promise: what is not live works as ever, with the addon installed."""

import re

import pytest
from playwright.sync_api import expect

from e2e.pages import ACTION
from e2e.shapes import ONE_SHAPE

# what these guard does not depend on how the server is run
pytestmark = ONE_SHAPE

# action, model, a text field, and the tab of the form that it is in
SCREENS = {
    "contacts": ("contacts.action_contacts", "res.partner", "email", None),
    "sale orders": (
        "sale.action_quotations_with_onboarding",
        "sale.order",
        "client_order_ref",
        "other_information",
    ),
    "project tasks": ("project.action_view_all_task", "project.task", "name", None),
    "crm pipeline": ("crm.crm_lead_action_pipeline", "crm.lead", "name", None),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_business_screen_opens_and_saves(login, backend, screen):
    action, model, field, tab = SCREENS[screen]
    client = login("admin", f"/odoo/action-{action}")
    page = client.page
    shown = page.locator(".o_list_view tr.o_data_row, .o_kanban_record[data-id]")
    expect(shown.first).to_be_visible()

    admin = backend("admin")
    id_ = admin.call(model, "search", [], limit=1)[0]
    client.goto(f"/odoo/action-{action}/{id_}")
    if tab:
        page.locator(f".nav-link[name={tab}]").click()
    changed = page.locator(f".o_form_view [name={field}]").locator("input, textarea")
    changed.first.fill("e2e@example.com")
    changed.first.press("Tab")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    expect(changed.first).to_have_value("e2e@example.com")
    assert admin.read(id_, field, model=model)[field] == "e2e@example.com"
    client.require_no_error()
    assert client.errors() == []
    assert not [text for _kind, text in client.console if "amanat" in text]


def test_pipeline_card_is_dragged_as_ever(login):
    client = login("admin", "/odoo/action-crm.crm_lead_action_pipeline")
    page = client.page
    columns = page.locator(".o_kanban_group")
    expect(columns.nth(1)).to_be_visible()
    card = columns.nth(0).locator(".o_kanban_record").first
    title = card.locator("span, div").first.inner_text().splitlines()[0]
    moved = columns.nth(1).locator(".o_kanban_record").filter(has_text=title)
    before = moved.count()
    card.hover()
    page.mouse.down()
    header = columns.nth(1).locator(".o_kanban_header").bounding_box()
    page.mouse.move(header["x"] + 60, header["y"] + 60, steps=5)
    page.mouse.move(header["x"] + 80, header["y"] + 90, steps=5)
    page.mouse.up()
    expect(moved).to_have_count(before + 1)
    client.require_no_error()
    assert client.errors() == []


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"cookies": {"color_scheme": "dark"}}, id="dark"),
        pytest.param(
            {
                "viewport": {"width": 390, "height": 844},
                "has_touch": True,
                "is_mobile": True,
            },
            id="mobile",
        ),
        pytest.param({"locale": "ar"}, id="arabic browser"),
    ],
)
def test_live_screen_in_other_guises(login, backend, records, options):
    [id_] = records.make(1, quantity=1, amount=1)
    client = login("admin", **options)
    view = client.open_kanban(records.domain)
    client.wait_until_live()
    backend("demo").write(id_, amount=765.25)
    expect(view.card(records.key)).to_contain_text("765.25")
    client.settle()
    client.require_no_error()
    assert client.errors() == []


def test_menu_leads_to_the_live_screen(login):
    client = login("demo", "/odoo/action-contacts.action_contacts")
    page = client.page
    page.locator(".o_navbar_apps_menu button, .o_menu_toggle").first.click()
    page.get_by_role("menuitem", name="Amanat").click()
    expect(page.locator(".o_list_view tr.o_data_row").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"action-{re.escape(ACTION)}|realtime-test"))
    assert client.errors() == []
