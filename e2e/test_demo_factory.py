"""Promise: the dashboard of the factory shows what happens, as it happens, and fifty
pulses a second do not hurt it.
"""

import time

import pytest
from playwright.sync_api import expect

from e2e.shapes import ONE_SHAPE
from e2e.watched import wait_until_watched

pytestmark = ONE_SHAPE

MACHINE = "amanat.machine"
EVENT = "amanat.security.event"
STATE = f"{MACHINE}.dashboard_state"
SECONDS = 6
PULSES = 50


@pytest.fixture
def loom(backend):
    admin = backend("admin")
    [machine] = admin.create({"name": "E2E loom"}, model=MACHINE)
    yield machine
    admin.write(machine, model=MACHINE, active=False)
    admin.unlink(admin.call(EVENT, "search", [["place", "=", "E2E loom"]]), model=EVENT)


@pytest.fixture
def open_dashboard(login, odoo):
    def open_page(user):
        client = login(user, "/odoo/factory")
        expect(client.page.locator(".o_amanat_demo_tile")).to_have_count(4)
        expect(client.page.locator(".o_amanat_demo_connection")).to_have_attribute(
            "data-amanat-state", "live", timeout=30_000
        )
        wait_until_watched(odoo, MACHINE, EVENT)
        return client

    return open_page


def machine_row(client):
    return client.page.locator(".o_amanat_demo_machines tr", has_text="E2E loom")


def test_a_pulse_and_a_fault(open_dashboard, backend, loom):
    worker, supervisor = open_dashboard("cashier"), open_dashboard("demo")
    expect(worker.page.locator(".o_amanat_demo_simulate")).to_have_count(0)
    backend("demo").call(MACHINE, "action_pulse", [loom])
    for client in (worker, supervisor):
        expect(machine_row(client).locator("td").last).to_have_text("1")
        expect(machine_row(client)).to_have_attribute("data-status", "running")
    backend("demo").call(MACHINE, "action_fault", [loom])
    for client in (worker, supervisor):
        expect(machine_row(client)).to_have_attribute("data-status", "fault")
        events = client.page.locator(".o_amanat_demo_events")
        expect(events).to_contain_text("E2E loom has stopped with a fault.")
        assert client.errors() == []
    # supervisors are told wherever they are
    expect(supervisor.toasts.filter(has_text="E2E loom")).to_be_visible()
    expect(worker.toasts.filter(has_text="E2E loom")).to_have_count(0)


def test_fifty_pulses_a_second(open_dashboard, backend, loom):
    worker = open_dashboard("cashier")
    worker.forget()
    demo = backend("demo")
    begin = time.monotonic()
    for number in range(SECONDS * PULSES):
        time.sleep(max(0, begin + number / PULSES - time.monotonic()))
        demo.call(MACHINE, "action_pulse", [loom])
    total = machine_row(worker).locator("td").last
    expect(total).to_have_text(str(SECONDS * PULSES), timeout=15_000)
    took = time.monotonic() - begin
    # however many messages there are, it reads about once a second
    assert worker.rpc.calls.count(STATE) <= took + 5
    assert worker.errors() == []


def test_the_simulation(open_dashboard, backend, loom):
    supervisor, worker = open_dashboard("demo"), open_dashboard("cashier")
    pieces = worker.page.locator("[data-tile=pieces] .fw-bold")
    before = pieces.inner_text()
    supervisor.page.locator(".o_amanat_demo_simulate").click()
    expect(pieces).not_to_have_text(before)
    stop = supervisor.page.get_by_role("button", name="Stop the simulation")
    stop.click()
    expect(stop).to_have_count(0)
