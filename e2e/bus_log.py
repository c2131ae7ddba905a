"""What came over the websocket to one tab."""

import json

from playwright.sync_api import Page

TYPE = "amanat_realtime/changes"


class BusLog:
    """The notifications that a tab received, as they came out of the frames."""

    def __init__(self, page: Page):
        self.page = page

    def notifications(self, kind: str | None = TYPE) -> list[dict]:
        """All of one type, or of all types: ``{"id", "message", "receivedAt"}``."""
        found = self.page.evaluate("() => window.amanatE2E?.notifications || []")
        return [n for n in found if not kind or n["message"]["type"] == kind]

    def messages(self, model: str | None = None) -> list[dict]:
        """The messages about changes that say something, of one model or of all."""
        payloads = [n["message"]["payload"] for n in self.notifications()]
        return [p for p in payloads if p and model in (None, p["model"])]

    def clear(self) -> None:
        self.page.evaluate("() => { window.amanatE2E.notifications.length = 0 }")

    def wait_for(self, text: str, timeout: float = 10) -> None:
        """Wait until a notification holds a text."""
        self.page.wait_for_function(
            """text => window.amanatE2E.notifications.some(
                (n) => JSON.stringify(n.message).includes(text))""",
            arg=text,
            timeout=timeout * 1000,
        )

    def has(self, text: str) -> bool:
        return text in json.dumps(self.notifications(None), ensure_ascii=False)
