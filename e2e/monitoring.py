"""The monitoring screen as a manager sees it."""

import re

from playwright.sync_api import Locator, expect

from e2e.pages import WebClient

PATH = "/odoo/realtime-monitoring"
# two reports of the screen, and what a process may wait before it writes down
SOON = 30_000


class Monitoring:
    """The screen in a tab that has it open."""

    def __init__(self, client: WebClient):
        self.client = client
        self.page = client.page

    @property
    def time(self) -> Locator:
        """When the figures are from."""
        return self.page.locator(".o_amanat_monitoring_time")

    @property
    def error(self) -> Locator:
        return self.page.locator(".o_amanat_monitoring_error")

    def tile(self, name: str) -> Locator:
        """The value of a figure."""
        return self.page.locator(f"[data-tile={name}] dd").first

    def model(self, name: str, column: str) -> Locator:
        row = self.page.locator(f".o_amanat_monitoring_models [data-model='{name}']")
        return row.locator(f".o_amanat_monitoring_{column}")

    def switch(self, name: str) -> Locator:
        """Whether a model is live."""
        return self.model(name, "live").get_by_role("checkbox")

    def chart(self, name: str) -> Locator:
        return self.page.locator(f"[data-chart={name}]")

    def wait_for_number(self, value: Locator, timeout: int = SOON) -> None:
        """Wait until something says more than nothing."""
        expect(value).to_have_text(re.compile("[1-9]"), timeout=timeout)
