"""Promise: a manager sees what live updates do while they do it, in both shapes of the
server, and is told when the figures stand still; nobody else sees anything.
"""

import re
import urllib.request

import pytest
from playwright.sync_api import expect
from prometheus_client.parser import text_string_to_metric_families

from e2e.monitoring import PATH, SOON, Monitoring
from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE

PARAMETERS = "ir.config_parameter"


@pytest.fixture
def watch(login):
    """Open the screen in a tab of a person."""

    def open_screen(user: str = "admin", **options) -> Monitoring:
        return Monitoring(login(user, PATH, **options))

    return open_screen


@pytest.fixture
def busy(login, backend, records):
    """A person with a list open in which others change records."""
    ids = records.make(3, quantity=1)
    client = login("demo")
    client.open_list(records.domain)
    client.wait_until_live()

    def work(times: int) -> None:
        for value in range(times):
            backend("aisha").write(ids[value % 3], quantity=100 + value)

    return work


def test_figures_move_while_people_work(watch, busy):
    screen = watch()
    expect(screen.time).to_be_visible(timeout=SOON)
    screen.wait_for_number(screen.model(MODEL, "views"))
    screen.wait_for_number(screen.model(MODEL, "people"))
    screen.wait_for_number(screen.tile("sockets"))
    screen.wait_for_number(screen.tile("people"))
    busy(60)
    screen.wait_for_number(screen.model(MODEL, "messages"))
    screen.wait_for_number(screen.tile("messages"))
    screen.wait_for_number(screen.tile("bytes"))
    screen.wait_for_number(screen.tile("memory"))
    expect(screen.chart("traffic").locator("canvas")).to_be_visible()
    # the browser of whoever looks at the list reports what it has measured
    expect(screen.tile("p50")).to_have_text(re.compile(r"\d m?s"), timeout=60_000)
    expect(screen.chart("latency").locator("canvas")).to_be_visible()
    assert screen.client.errors() == []


@ONE_SHAPE
def test_charts_can_be_read_as_tables(watch, busy):
    busy(5)
    screen = watch()
    chart = screen.chart("traffic")
    chart.locator("summary").click(timeout=SOON)
    rows = chart.locator("tbody tr")
    expect(rows).to_have_count(60)
    told = rows.filter(has_text=re.compile(r"M\s*[1-9]"))
    expect(told.first).to_be_visible(timeout=SOON)


@ONE_SHAPE
def test_a_server_that_does_not_answer(watch, people):
    screen = watch()
    expect(screen.time).to_be_visible(timeout=SOON)
    people.odoo.stop_odoo()
    try:
        expect(screen.error).to_contain_text("The server does not answer", timeout=SOON)
        expect(screen.error).to_contain_text("The figures below are of")
        expect(screen.tile("sockets")).to_be_visible()
    finally:
        people.odoo.start()
    expect(screen.error).to_have_count(0, timeout=60_000)


@ONE_SHAPE
def test_not_for_others(watch):
    screen = watch("demo")
    expect(screen.error).to_contain_text("for managers of real-time updates only")
    expect(screen.page.locator("[data-tile]")).to_have_count(0)
    expect(screen.page.get_by_role("button", name="Switch everything")).to_have_count(0)


@ONE_SHAPE
def test_switch_of_a_model(watch, backend):
    screen = watch()
    switch = screen.switch(MODEL)
    try:
        expect(switch).to_be_checked(timeout=SOON)
        switch.press("Space")
        expect(switch).not_to_be_checked()
        expect(switch).to_be_enabled()
        screen.page.reload()
        expect(switch).not_to_be_checked(timeout=SOON)
        switch.press("Space")
        expect(switch).to_be_checked()
    finally:
        backend("admin").call("amanat.realtime.monitor", "set_live", MODEL, True)


@ONE_SHAPE
def test_switch_of_everything(watch, backend):
    screen = watch()
    try:
        button = screen.page.get_by_role("button", name="Switch everything off")
        button.click(timeout=SOON)
        dialog = screen.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_have_count(0)
        expect(button).to_be_enabled()
        button.click()
        dialog.get_by_role("button", name="Switch off").click()
        expect(screen.page.locator(".o_amanat_monitoring_off")).to_be_visible()
        screen.page.get_by_role("button", name="Switch everything on").click()
        expect(screen.page.locator(".o_amanat_monitoring_off")).to_have_count(0)
        expect(button).to_be_visible()
    finally:
        backend("admin").call("amanat.realtime.monitor", "set_enabled", True)


def test_prometheus(login, people, busy):
    """The key is made on the settings page, and opens the figures to a program."""
    busy(3)
    admin = login("admin", "/odoo/settings#amanat_realtime")
    page = admin.page
    page.locator(".tab[data-key=amanat_realtime]").click()
    page.get_by_role("button", name="Generate a key").click()
    key = page.locator("[name=amanat_realtime_metrics_key]")
    expect(key).to_have_text(re.compile(r"[\w-]{40,}"))
    request = urllib.request.Request(
        f"{people.odoo.url}/amanat_realtime/metrics",
        headers={
            "Authorization": f"Bearer {key.inner_text().strip()}",
            "X-Odoo-Database": people.odoo.db,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
        found = {f.name for f in text_string_to_metric_families(text)}
        assert {"amanat_realtime_messages", "amanat_realtime_websockets"} <= found
        page.get_by_role("button", name="Switch off").click()
        expect(page.get_by_role("button", name="Generate a key")).to_be_visible()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(request, timeout=30)
    finally:
        people.backend("admin").call(
            PARAMETERS, "set_param", "amanat_realtime.metrics_key", False
        )
