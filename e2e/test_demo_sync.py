"""Promise: whoever opens the monitor sees where the sync tasks are, how they get on,
and how they ended; and only what they want to see.
"""

import threading
import uuid

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import OdooClient
from e2e.shapes import ONE_SHAPE
from e2e.watched import wait_until_watched

TASK = "amanat.sync.task"
METRIC = "amanat.sync.metric"
PRINTER = "amanat.printer"
#: a task takes a tenth of a second for each
PRINTERS = 60


@pytest.fixture
def task(backend):
    admin = backend("admin")
    name = f"Sync {uuid.uuid4().hex[:8]}"
    [made] = admin.create({"name": name, "user_id": backend("demo").uid}, model=TASK)
    yield made, name
    admin.unlink(made, model=TASK)


@pytest.fixture
def long_task(task, backend):
    """A task that is under way for as long as it takes to look at it."""
    admin = backend("admin")
    printers = [
        {"name": f"Printer {number} of {task[1]}", "serial": f"{task[1]} {number}"}
        for number in range(PRINTERS)
    ]
    made = admin.create(*printers, model=PRINTER)
    yield task
    admin.unlink(made, model=PRINTER)


@pytest.fixture
def scheduler(odoo):
    """The scheduled action, run when a test says so: the server runs none itself."""
    threads = []
    client = OdooClient(odoo.url, odoo.db, "admin")
    [cron] = client.call("ir.cron", "search", [["code", "=", "model._cron_run()"]])

    def run():
        arguments = ("ir.cron", "method_direct_trigger", [cron])
        threads.append(threading.Thread(target=client.call, args=arguments))
        threads[-1].start()

    yield run
    for thread in threads:
        thread.join(timeout=60)


def open_monitor(login, odoo):
    client = login("demo", "/odoo/sync-monitor")
    expect(client.page.locator(".o_amanat_demo_connection")).to_have_attribute(
        "data-amanat-state", "live", timeout=30_000
    )
    wait_until_watched(odoo, TASK, METRIC)
    return client


def card(client, name):
    return client.page.locator(".o_amanat_demo_tasks .card").filter(has_text=name)


def test_a_task_from_the_click_to_its_end(login, odoo, long_task, scheduler):
    _id, name = long_task
    first, second = open_monitor(login, odoo), open_monitor(login, odoo)
    card(first, name).get_by_role("button", name="Run now").click()
    for client in (first, second):
        expect(card(client, name)).to_have_attribute("data-state", "queued")
    scheduler()
    for client in (first, second):
        expect(card(client, name).locator("progress")).to_be_visible()
    for client in (first, second):
        done = card(client, name).and_(client.page.locator("[data-state=done]"))
        expect(done).to_be_visible(timeout=60_000)
        notices = client.page.locator(".o_amanat_demo_notices")
        expect(notices).to_contain_text(f"{name}: Done")
        assert client.errors() == []


@ONE_SHAPE
def test_a_task_is_cancelled(login, odoo, long_task, scheduler, backend):
    id_, name = long_task
    monitor = open_monitor(login, odoo)
    backend("demo").call(TASK, "action_run", [id_])
    scheduler()
    card(monitor, name).get_by_role("button", name="Cancel").click()
    expect(card(monitor, name)).to_have_attribute("data-state", "cancelled")
    assert backend("admin").read(id_, "processed", model=TASK)["processed"] == 0


@ONE_SHAPE
def test_the_first_state_and_the_choice(login, odoo, backend, task):
    admin = backend("admin")
    admin.call(METRIC, "action_measure")
    monitor = open_monitor(login, odoo)
    metrics = monitor.page.locator(".o_amanat_demo_metrics dd")
    expect(metrics).to_have_count(4)
    monitor.page.get_by_label("System metrics").uncheck()
    expect(metrics).to_have_count(0)
    expect(card(monitor, task[1])).to_be_visible()
    monitor.page.get_by_label("System metrics").check()
    expect(metrics).to_have_count(4)
