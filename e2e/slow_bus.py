"""A tab that hears late of what others save: its page is stale as long as needed."""

from pathlib import Path

from playwright.sync_api import BrowserContext

from e2e.pages import WebClient

_SCRIPT = Path(__file__).with_suffix(".js")


class SlowBus:
    """Keeps back what the websocket brings to one tab."""

    def __init__(self, client: WebClient):
        self.page = client.page

    @staticmethod
    def prepare(window: BrowserContext) -> None:
        """Make it possible in the tabs that are opened in a window from now on."""
        window.add_init_script(path=_SCRIPT)

    def hold(self) -> None:
        self.page.evaluate("() => window.amanatSlowBus.hold()")

    def release(self) -> None:
        """Let what was kept back arrive, in its order."""
        self.page.evaluate("() => window.amanatSlowBus.release()")
