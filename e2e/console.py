"""The full page of the test console, as a person sees it."""

import re

from playwright.sync_api import Locator

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
        with self.page.expect_response(lambda response: CONSOLE in response.url):
            self.press(action)
        self.client.settle()
        return self.news.inner_text()

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
