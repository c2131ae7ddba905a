"""Promise: who opens the demonstration learns what there is to try, and gets there."""

from playwright.sync_api import expect

from e2e.shapes import ONE_SHAPE

SYSTEMS = ["money", "month_control", "factory_dashboard", "sync_monitor", "task_all"]


@ONE_SHAPE
def test_every_system_opens(login):
    client = login("demo", "/odoo/start-here")
    for system in SYSTEMS:
        section = client.page.locator(f"[data-system={system}]")
        section.get_by_role("button", name="Open").click()
        expect(section).to_have_count(0)
        client.require_no_error()
        client.goto("/odoo/start-here")
    assert client.errors() == []


@ONE_SHAPE
def test_only_what_a_person_has_a_menu_for(login):
    client = login("auditor", "/odoo/start-here")
    expect(client.page.locator("[data-system]")).to_have_count(1)
    expect(client.page.locator("[data-system=money]")).to_be_visible()
