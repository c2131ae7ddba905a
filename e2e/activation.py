"""What an administrator switches, by other means than the screen for it."""

from e2e.odoo_client import OdooClient

LINES = "amanat.realtime.model"


class Activation:
    """Switches of one database; :meth:`restore` leaves none of them."""

    def __init__(self, admin: OdooClient):
        self.admin = admin

    def set_live(self, model: str, live: bool = True, **settings) -> None:
        """Switch a model on or off, as the list of models does."""
        values = {"active": live, **settings}
        if lines := self._lines([["model_name", "=", model]]):
            self.admin.write(lines, model=LINES, **values)
        else:
            [id_] = self.admin.call("ir.model", "search", [["model", "=", model]])
            self.admin.create({"model_id": id_, **values}, model=LINES)

    def set_enabled(self, enabled: bool) -> None:
        """Switch everything on or off, as the page of settings does."""
        values = {"amanat_realtime_enabled": enabled}
        [id_] = self.admin.create(values, model="res.config.settings")
        self.admin.call("res.config.settings", "execute", [id_])

    def restore(self) -> None:
        if lines := self._lines([]):
            self.admin.unlink(lines, model=LINES)
        self.set_enabled(True)

    def _lines(self, domain: list) -> list[int]:
        everything = {"active_test": False}
        return self.admin.call(LINES, "search", domain, context=everything)
