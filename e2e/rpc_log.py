"""What a tab asked the server for."""

import json
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

# what goes on in any tab, live or not
_BACKGROUND = (
    "/bus/",
    "/websocket",
    "/mail/",
    "/web/assets",
    "/amanat_realtime/presence",
    "/amanat_realtime/samples",
)


class RpcLog:
    """JSON-RPC calls of a tab, as ``model.method`` or as the path.

    :ivar calls: those since the last :meth:`clear`
    """

    def __init__(self, page: Page):
        self.calls: list[str] = []
        page.on("request", self._note)

    def clear(self) -> None:
        self.calls.clear()

    def _note(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if request.method != "POST" or path.startswith(_BACKGROUND):
            return
        try:
            params = json.loads(request.post_data or "").get("params") or {}
        except ValueError:
            params = {}
        if "method" in params:
            path = f"{params['model']}.{params['method']}"
        self.calls.append(path)
