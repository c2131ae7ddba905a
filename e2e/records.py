"""Records that belong to one test, so that no test sees what another one does."""

import uuid

from e2e.odoo_client import MODEL, OdooClient
from e2e.pages import ListView


class Records:
    """Makes test records whose names begin with a key that nothing else has.

    :ivar key: how their names begin
    :ivar domain: what the views of this test show
    :ivar ids: all that were made, in that order
    """

    def __init__(self, backend: OdooClient):
        self.backend = backend
        self.key = f"e2e{uuid.uuid4().hex[:10]}"
        self.domain = [["name", "=like", f"{self.key}%"]]
        self.ids: list[int] = []
        self._made = 0

    def make(self, count: int = 1, **vals) -> list[int]:
        """Create records in one transaction."""
        made = self.backend.create(*(self._next(vals) for _ in range(count)))
        self.ids += made
        return made

    def make_one(self, **vals) -> int:
        return self.make(1, **vals)[0]

    def name(self, number: int) -> str:
        """The name of the record that was made as number so and so, from 1."""
        return f"{self.key} {number:03}"

    def require_shown(
        self,
        view: ListView,
        field: str,
        limit: int | None = None,
        reader: OdooClient | None = None,
    ) -> None:
        """Compare a list, row by row, with what is stored.

        :param field: with numbers, beside the name
        :param reader: who has it open, if that is not an administrator
        :raises AssertionError: the list shows something else
        """
        stored = (reader or self.backend).call(
            MODEL, "search_read", self.domain, ["name", field], limit=limit
        )
        names = view.cells("name").all_inner_texts()
        shown = view.cells(field).all_inner_texts()
        expected = [(record["name"], f"{record[field]:,}") for record in stored]
        assert list(zip(names, shown, strict=True)) == expected

    def remove_all(self) -> None:
        ids = self.backend.call(
            MODEL, "search", self.domain, context={"active_test": False}
        )
        if ids:
            self.backend.unlink(ids)

    def _next(self, vals: dict) -> dict:
        self._made += 1
        return {"name": self.name(self._made), "sequence": self._made, **vals}
