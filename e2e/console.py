"""The full page of the test console, as a person sees it."""

import contextlib
import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Route, expect

from e2e.odoo_client import MODEL
from e2e.pages import ListView, WebClient

SIMPLE = "/odoo/realtime-test-simple"
FULL = "/odoo/realtime-test-full"
CONSOLE = "amanat.realtime.console"
ROBOT = "Test Robot"


class Console:
    """Buttons, list and log of the page.

    :ivar list: the list that is embedded in it
    """

    def __init__(self, client: WebClient):
        self.client = client
        self.page = client.page
        self.list = ListView(client)
        self.records = self.page.locator(".o_amanat_console_records")
        self.news = self.page.locator(".o_amanat_console_news")
        self.entries = self.page.locator(".o_amanat_console_entry")
        self.people = self.page.locator(
            ".o_amanat_console_stage .o_amanat_presence_person"
        )

    def press(self, action: str) -> None:
        self.button(action).click()

    def run(self, action: str) -> str:
        """Press a button that asks the server once.

        :return: what it did, in words
        """
        before = self.news.inner_text()
        self.press(action)
        expect(self.news).not_to_have_text(before)
        self.client.settle()
        return self.news.inner_text()

    @contextlib.contextmanager
    def holding(self, method: str, argument: str = "") -> Iterator[None]:
        """Keep back what Test Robot is about to do next, as long as the block runs.

        :param method: of the console on the server
        :param argument: only if this is one of its arguments
        """
        held: list[Route] = []

        def keep(route: Route) -> None:
            if argument in (route.request.post_data or ""):
                held.append(route)
            else:
                route.continue_()

        pattern = f"**/{CONSOLE}/{method}"
        self.page.route(pattern, keep)
        yield
        self.page.unroute(pattern)
        for route in held:
            route.continue_()

    def button(self, action: str) -> Locator:
        return self.page.locator(f"[data-action={action}]")

    def logged(self, type_: str, text: str) -> Locator:
        """Messages of a type that Test Robot caused."""
        return self.entries.filter(
            has_text=re.compile(rf"{type_}.*{re.escape(text)}.*{ROBOT}", re.DOTALL)
        )

    def ids(self) -> list[int]:
        """The records of Test Robot, as they are listed."""
        robot = self.client.user.call(CONSOLE, "info")["robot"]["id"]
        domain = [("create_uid", "=", robot)]
        return self.client.user.call(MODEL, "search", domain, order="id desc")
