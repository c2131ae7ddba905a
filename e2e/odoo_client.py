"""Odoo without a browser: a session of its own, over JSON-RPC."""

import http.cookiejar
import itertools
import json
import urllib.request

MODEL = "amanat.test.realtime"


class OdooError(Exception):
    """The server answered with an error."""


class OdooClient:
    """What one person does in Odoo by other means than the web client.

    :ivar uid: id of the user
    :ivar session_id: cookie of the session, with which a browser is logged in, too
    """

    def __init__(self, url: str, db: str, login: str, password: str | None = None):
        self.url = url
        self.login = login
        self._cookies = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(handler)
        self._ids = itertools.count(1)
        answer = self.post(
            "/web/session/authenticate",
            {"db": db, "login": login, "password": password or login},
        )
        self.uid = answer["uid"]
        self.name = answer["name"]

    @property
    def session_id(self) -> str:
        return next(c.value for c in self._cookies if c.name == "session_id")

    def post(self, path: str, params: dict):
        """Send one JSON-RPC request.

        :raises OdooError: the server refused
        """
        body = {"jsonrpc": "2.0", "id": next(self._ids), "params": params}
        request = urllib.request.Request(
            self.url + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            raise OdooError(answer["error"]["data"]["message"])
        return answer.get("result")

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a method of a model; each call is a transaction."""
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def create(self, *vals: dict, model: str = MODEL) -> list[int]:
        return self.call(model, "create", list(vals))

    def write(self, ids: int | list[int], model: str = MODEL, **vals) -> None:
        self.call(model, "write", ids if isinstance(ids, list) else [ids], vals)

    def unlink(self, ids: int | list[int], model: str = MODEL) -> None:
        self.call(model, "unlink", ids if isinstance(ids, list) else [ids])

    def read(self, id_: int, *names: str, model: str = MODEL) -> dict:
        return self.call(model, "read", [id_], list(names))[0]
