"""Promise: who runs long work, and whom it concerns, see it move, wherever they are in
Odoo; they can cancel it, and are told how it ended.
"""

import re

import pytest
from playwright.sync_api import expect

from e2e.pages import LIST
from e2e.shapes import ONE_SHAPE
from e2e.works import BUTTON, Works, bar_value, open_menu, outcome, run, work

# too much to be done before a test has seen enough: some minutes
ENDLESS = 200_000


@pytest.fixture
def works(backend):
    made = Works(backend("admin"))
    yield made
    made.remove()


def wait_until_moved(page, name: str, beyond: int) -> int:
    """Return when the bar of a work is beyond a value."""
    page.wait_for_function(
        """([name, beyond]) => [...document.querySelectorAll(".o_amanat_progress_work")]
            .some((el) => el.textContent.includes(name) &&
                el.querySelector("progress").value > beyond)""",
        arg=[name, beyond],
    )
    return bar_value(page, name)


def test_it_moves_survives_a_reload_and_can_be_cancelled(
    login, backend, works, records
):
    record_id = records.make_one(quantity=0)
    admin, demo = login("admin"), login("demo")
    name = f"Import {records.key}"
    action = works.make(name, ENDLESS, record_id, (backend("demo").uid,))
    for client in (admin, demo):
        expect(client.page.locator(BUTTON)).to_have_count(0)
    run(admin.page, action)
    for client in (admin, demo):
        open_menu(client.page)
        first = wait_until_moved(client.page, name, 0)
        wait_until_moved(client.page, name, first)
    expect(work(demo.page, name)).to_contain_text(f"Run by {admin.user.name}")
    expect(work(demo.page, name).get_by_text("Cancel")).to_have_count(0)
    # nothing of it is stored yet
    assert backend("admin").read(record_id, "quantity")["quantity"] == 0

    reached = bar_value(admin.page, name)
    admin.page.reload()
    open_menu(admin.page)
    wait_until_moved(admin.page, name, reached)
    work(admin.page, name).get_by_role("button", name=f"Cancel {name}").click()
    # they are gone after some seconds, in both tabs
    for client in (admin, demo):
        summary = re.compile("cancelled.*Updated", re.DOTALL)
        expect(client.toasts.filter(has_text=name)).to_contain_text(summary)
    for client in (admin, demo):
        expect(work(client.page, name)).to_contain_text("Cancelled")
        assert client.errors() == []
    assert backend("admin").read(record_id, "quantity")["quantity"] == 0


@ONE_SHAPE
def test_the_summary(login, works, records):
    record_id = records.make_one()
    admin = login("admin")
    name = f"Synchronisation {records.key}"
    skip = 'step.skip("by_hand") if number < 3 else step(1, updated=1)'
    run(admin.page, works.make(name, 18, record_id, step=skip))
    assert outcome(admin.page) == ""
    toast = admin.page.locator(".o_notification").filter(has_text=name)
    expect(toast).to_contain_text("Updated: 15")
    expect(toast).to_contain_text("Skipped (edited by hand): 3")
    expect(toast.locator(".bg-warning").first).to_be_visible()
    assert admin.errors() == []


@ONE_SHAPE
def test_a_failure(login, works, records):
    record_id = records.make_one()
    admin = login("admin")
    name = f"Import {records.key}"
    fail = "step(); [][number] if number == 2 else None"
    run(admin.page, works.make(name, 5, record_id, step=fail))
    assert "out of range" in outcome(admin.page)
    toast = admin.page.locator(".o_notification").filter(has_text=name)
    expect(toast).to_contain_text("Something went wrong")
    expect(toast).not_to_contain_text("range")


@ONE_SHAPE
def test_two_tabs_agree(login, works, records):
    record_id = records.make_one()
    tabs = [login("admin") for _ in range(2)]
    name = f"Import {records.key}"
    run(tabs[0].page, works.make(name, 3, record_id))
    for tab in tabs:
        open_menu(tab.page)
        expect(work(tab.page, name)).to_contain_text("3 of 3 · Done")
    dismiss = tabs[0].page.get_by_role("button", name=f"Do not show {name} any more")
    dismiss.click()
    for tab in tabs:
        expect(work(tab.page, name)).to_have_count(0)


def test_a_program_reaches_people(login, backend, works, records):
    record_id = records.make_one()
    admin, demo = login("admin", LIST), login("demo", LIST)
    for client in (admin, demo):
        client.page.evaluate(
            """() => {
                window.told = [];
                odoo.__WOWL_DEBUG__.root.env.services.amanat_realtime.subscribe(
                    "custom_action", ({records}) => window.told.push(records));
            }"""
        )
        client.wait_until_live()
    values = [{"id": record_id, "message": "Custom update"}]
    code = f"""
env["res.users"].browse({backend("demo").uid})._send_realtime_notification(
    "custom_action", record._name, {values!r}, ["state"])
env.user._send_realtime_notification("custom_action", record._name, [])
"""
    code = code.replace("record._name", repr("amanat.test.realtime"))
    run(admin.page, works.action("tell", code))
    assert outcome(admin.page) == ""
    demo.page.wait_for_function("() => window.told.length")
    assert demo.page.evaluate("() => window.told") == [values]
    # what was not for them would have come before
    admin.bus.wait_for("custom_action")
    assert admin.page.evaluate("() => window.told.length") == 1
