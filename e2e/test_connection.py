"""Promise: a tab says how live it is, goes on with less when it must, and shows what is
stored as soon as it can; nothing that was typed without a connection is lost.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e import nginx
from e2e.browser import BACK_OFF
from e2e.conflicts import ConflictDialog
from e2e.people import People
from e2e.shapes import ONE_SHAPE, WORKERS

OFFLINE_SECONDS = 30
#: changes meanwhile
PER_SECOND = 10


def badge(page: Page):
    return page.locator(".o_amanat_connection")


def offline_banner(client):
    return client.page.locator(".o_amanat_offline_banner")


def save_kept(client) -> None:
    """Wait for the network, and save what was typed without it."""
    banner = offline_banner(client)
    expect(banner).to_contain_text("you have unsaved changes", timeout=BACK_OFF)
    save = banner.get_by_role("button", name="Save")
    client.require_clear_of_toasts(save)
    save.click()


def expect_state(page: Page, state: str, timeout: int = BACK_OFF) -> None:
    expect(badge(page)).to_have_attribute("data-amanat-state", state, timeout=timeout)


@pytest.fixture
def behind_nginx(odoo, chromium, tmp_path):
    """``behind_nginx(nginx.REFUSED)``: a front, and people who come through it."""
    with contextlib.ExitStack() as stack:

        def start(websocket: str):
            front = stack.enter_context(
                nginx.in_front_of(odoo, Path(tmp_path), websocket)
            )
            people = People(front, chromium)
            stack.callback(people.close)
            return front, people

        yield start


@pytest.fixture
def open_live(login, records):
    def open_list(user: str = "admin", count: int = 3):
        records.make(count, quantity=1)
        client = login(user)
        view = client.open_list(records.domain)
        client.wait_until_live()
        expect_state(client.page, "live")
        return client, view

    return open_list


def test_polling_while_the_proxy_refuses_the_websocket(behind_nginx, backend, records):
    front, people = behind_nginx(nginx.REFUSED)
    ids = records.make(2, quantity=1, user_id=backend("cashier").uid)
    [hidden] = records.make(1, user_id=backend("demo").uid)
    cashier = people.new_tab("cashier")
    polled = []
    cashier.page.on(
        "response",
        lambda r: "peek_notifications" in r.url and polled.append(r.text()),
    )
    cashier.goto()
    view = cashier.open_list(records.domain)
    expect(view.rows).to_have_count(2)
    expect_state(cashier.page, "polling")
    backend("demo").write(ids[0], quantity=4321)
    backend("demo").write(hidden, quantity=98989)
    expect(view.cell(records.name(1), "quantity")).to_have_text("4,321", timeout=20_000)
    # the same rights as over the websocket
    backend("demo").write(ids[1], quantity=777)
    expect(view.cell(records.name(2), "quantity")).to_have_text("777", timeout=20_000)
    assert any("777" in text for text in polled)
    assert not any("98989" in text for text in polled)
    badge(cashier.page).click()
    reconnect = cashier.page.get_by_role("button", name="Reconnect now")
    expect(reconnect).to_be_visible()
    reconnect.click()
    expect_state(cashier.page, "polling")
    front.route(nginx.PASSED_ON)
    # it comes back by itself, too, and the button goes then
    reconnect.evaluate_all("buttons => buttons.forEach((button) => button.click())")
    expect_state(cashier.page, "live")
    backend("demo").write(ids[0], quantity=55)
    expect(view.cell(records.name(1), "quantity")).to_have_text("55")
    records.require_shown(view, "quantity", reader=backend("cashier"))
    assert cashier.errors() == []


@WORKERS
def test_administrators_are_told_of_a_misrouted_websocket(behind_nginx):
    _front, people = behind_nginx(nginx.MISROUTED)
    for user, is_told in (("admin", True), ("demo", False)):
        client = people.new_tab(user)
        client.goto()
        expect_state(client.page, "polling")
        badge(client.page).click()
        details = client.page.locator(".o_amanat_connection_details")
        expect(details).to_contain_text("Polling")
        hint = details.locator(".o_amanat_connection_hint")
        expect(hint).to_have_count(1 if is_told else 0)
        if is_told:
            expect(hint).to_contain_text("/websocket")


def test_a_server_that_is_restarted(open_live, people, backend, records):
    client, view = open_live()
    people.odoo.stop_odoo()
    expect(badge(client.page)).not_to_have_attribute(
        "data-amanat-state", "live", timeout=BACK_OFF
    )
    people.odoo.start()
    backend("demo").write(records.ids[0], quantity=432)
    expect_state(client.page, "live")
    expect(view.cell(records.name(1), "quantity")).to_have_text("432")
    records.require_shown(view, "quantity")


@WORKERS
def test_an_evented_worker_that_is_killed(open_live, people, backend, records):
    client, view = open_live()
    os.kill(_evented_worker(people.odoo.pid), signal.SIGKILL)
    demo = backend("demo")
    for value in range(100, 120):
        demo.write(records.ids[value % 3], quantity=value)
    demo.unlink(records.ids[0])
    new = records.make_one(quantity=5)
    expect(view.row(records.name(1))).to_have_count(0, timeout=BACK_OFF)
    expect(view.rows).to_have_count(3)
    expect_state(client.page, "live")
    demo.write(new, quantity=6)
    expect(view.cell(records.name(4), "quantity")).to_have_text("6")
    records.require_shown(view, "quantity")
    assert client.errors() == []


def _evented_worker(odoo_pid: int) -> int:
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            command = (status.parent / "cmdline").read_bytes().split(b"\0")
            parent = f"PPid:\t{odoo_pid}\n"
            if b"gevent" in command and parent in status.read_text():
                return int(status.parent.name)
    raise AssertionError("there is no evented worker")


@ONE_SHAPE
def test_half_a_minute_without_a_network(login, backend, records):
    ids = records.make(6, quantity=1)
    client = login("admin", viewport={"width": 1280, "height": 720})
    view = client.open_list(records.domain)
    client.wait_until_live()
    client.page.context.set_offline(True)
    expect_state(client.page, "offline")
    demo = backend("demo")
    end = time.monotonic() + OFFLINE_SECONDS
    value = 10
    while time.monotonic() < end:
        demo.write(ids[value % 4], quantity=value)
        value += 1
        time.sleep(1 / PER_SECOND)
    demo.unlink(ids[5])
    records.make_one(quantity=9)
    client.page.context.set_offline(False)
    expect(view.row(records.name(7))).to_be_visible(timeout=BACK_OFF)
    expect_state(client.page, "live")
    client.settle()
    records.require_shown(view, "quantity")
    assert client.errors() == []


@ONE_SHAPE
def test_what_is_typed_without_a_network_is_kept(login, backend, records):
    id_ = records.make_one(quantity=1, amount=1)
    client = login("admin", viewport={"width": 1280, "height": 720})
    form = client.open_form(id_)
    client.wait_until_live()
    client.page.context.set_offline(True)
    expect_state(client.page, "offline")
    form.input("quantity").fill("22")
    form.input("amount").fill("12.5")
    banner = offline_banner(client)
    expect(banner).to_contain_text("You are offline")
    form.save_button.click()
    expect(form.input("quantity")).to_have_value("22")
    expect(form.save_button).to_be_visible()
    # meanwhile
    backend("demo").write(id_, quantity=333)
    client.page.context.set_offline(False)
    save_kept(client)
    dialog = ConflictDialog(client.page)
    dialog.expect_values("1", "22", "333")
    dialog.answer("mine")
    expect(form.clean_status).to_have_count(1)
    stored = backend("admin").read(id_, "quantity", "amount")
    assert (stored["quantity"], stored["amount"]) == (22, 12.5)
    expect(banner).to_have_count(0)


@ONE_SHAPE
def test_a_row_that_is_edited_without_a_network(login, backend, records):
    records.make(2, quantity=1)
    client = login("admin", viewport={"width": 1280, "height": 720})
    view = client.open_list(records.domain)
    client.wait_until_live()
    view.cell(records.name(1), "quantity").click()
    client.page.context.set_offline(True)
    expect_state(client.page, "offline")
    field = client.page.locator("tr.o_selected_row td[name=quantity] input")
    field.fill("22")
    field.press("Enter")
    lost = client.toasts.filter(has_text="No connection")
    expect(lost).to_be_visible()
    expect(field).to_have_value("22")
    client.page.context.set_offline(False)
    save_kept(client)
    expect(offline_banner(client)).to_have_count(0)
    assert backend("admin").read(records.ids[0], "quantity")["quantity"] == 22
