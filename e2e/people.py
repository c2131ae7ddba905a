"""People at work: each with a login, and with as many windows and tabs as they like."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from e2e.odoo_client import OdooClient
from e2e.pages import WebClient
from tools.server import Server

_IN_PAGE = Path(__file__).with_name("in_page.js")
WINDOW = {"width": 1280, "height": 720}


class People:
    """The people who use one server. A login's password is the login itself."""

    def __init__(self, odoo: Server, browser: Browser):
        self.odoo = odoo
        self.browser = browser
        self._sessions: dict[str, OdooClient] = {}
        self._windows: dict[str, BrowserContext] = {}

    def backend(self, login: str) -> OdooClient:
        """What a person does without a browser."""
        if login not in self._sessions:
            self._sessions[login] = OdooClient(self.odoo.url, self.odoo.db, login)
        return self._sessions[login]

    def window(self, login: str) -> BrowserContext:
        """The window that a person always uses; it keeps the web client's files."""
        if login not in self._windows:
            window = self._windows[login] = self.new_window(login)
            # With ``--process-per-site`` the tabs of a window share a process, which
            # keeps compiled scripts, as long as one of them is open: this one is.
            window.new_page().goto(self.odoo.url + "/web/health")
        return self._windows[login]

    def new_window(
        self, login: str, cookies: dict[str, str] | None = None, **options
    ) -> BrowserContext:
        """A window that shares nothing with others, in which a person is logged in.

        :param options: those of Playwright's ``new_context``
        """
        window = self.browser.new_context(**{"viewport": WINDOW, **options})
        window.add_init_script(path=_IN_PAGE)
        cookies = {"session_id": self.backend(login).session_id, **(cookies or {})}
        window.add_cookies(
            [
                {"name": name, "value": value, "url": self.odoo.url}
                for name, value in cookies.items()
            ]
        )
        return window

    def new_tab(self, login: str, window: BrowserContext | None = None) -> WebClient:
        """An empty tab, in a window of that person."""
        page = (window or self.window(login)).new_page()
        return WebClient(page, self.odoo.url, self.backend(login))

    def close(self) -> None:
        for window in self._windows.values():
            window.close()
