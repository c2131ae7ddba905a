"""Two or more people in a real browser, against a real server in both its shapes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from e2e import artifacts, browser
from e2e.odoo_client import OdooClient
from e2e.pages import WebClient
from e2e.people import People
from e2e.presence import forget_everybody
from e2e.records import Records
from e2e.shapes import SHAPES, THREADED, WITH_WORKERS
from e2e.slow_bus import SlowBus
from tools import server

# most tests open a view of their own; this page is drawn in half the time of a list
_START = "/odoo/start-here"
# nothing scheduled runs between the tests
_OPTIONS = ["--max-cron-threads=0"]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session", params=[THREADED, WITH_WORKERS])
def odoo(request) -> Iterator[server.Server]:
    """A server in one shape, on a database of its own that has the business apps."""
    with server.running(workers=SHAPES[request.param], options=_OPTIONS) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # half of the work of all tests is to start the web client: see People.window
        started = browser.launch(playwright, "--process-per-site")
        yield started
        started.close()


@pytest.fixture(scope="session")
def people(odoo, chromium) -> Iterator[People]:
    everybody = People(odoo, chromium)
    yield everybody
    everybody.close()


@pytest.fixture
def backend(people) -> Callable[[str], OdooClient]:
    """``backend("demo")``: what a person does without a browser."""
    return people.backend


@pytest.fixture
def login(request, people) -> Iterator[Callable[..., WebClient]]:
    """``login("demo")``: a new tab; with options, in a window of its own."""
    forget_everybody(people.odoo)
    clients: list[WebClient] = []
    windows: list[BrowserContext] = []

    def open_tab(user: str, path: str = _START, **options) -> WebClient:
        if options:
            windows.append(people.new_window(user, **options))
        client = people.new_tab(user, windows[-1] if options else None)
        clients.append(client)
        client.goto(path)
        return client

    request.node.on_failure = lambda: artifacts.keep(
        request.node.name, clients, people.odoo.log_path
    )
    yield open_tab
    for client in clients:
        client.page.close()
    for window in windows:
        window.close()


@pytest.fixture
def slow_login(people, login) -> Callable[[str], tuple[WebClient, SlowBus]]:
    """``slow_login("demo")``: a new tab, and what lets it hear late of changes."""

    def open_tab(user: str) -> tuple[WebClient, SlowBus]:
        SlowBus.prepare(people.window(user))
        client = login(user)
        return client, SlowBus(client)

    return open_tab


@pytest.fixture
def records(backend) -> Iterator[Records]:
    """Records of this test alone."""
    made = Records(backend("admin"))
    yield made
    made.remove_all()


@pytest.fixture
def open_form(login, records):
    """Make a record and open its form in a tab that is live."""

    def make(user: str = "admin", **vals):
        id_ = records.make_one(**vals)
        client = login(user)
        form = client.open_form(id_)
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        return client, form, id_

    return make


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    # before anything is cleaned up: the windows show what went wrong
    if report.failed and hasattr(item, "on_failure"):
        item.on_failure()
        del item.on_failure
    return report
