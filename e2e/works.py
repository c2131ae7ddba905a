"""Long works, as programs do them: in a request of a browser that takes long."""

from playwright.sync_api import Locator, Page

from e2e.odoo_client import MODEL, OdooClient

BUTTON = ".o_amanat_progress_button"
WORK = ".o_amanat_progress_work"

# code of server actions knows no ``with``
_CODE = """
record = env[{model!r}].browse({record_id})
step = env["amanat.realtime.progress"].track(
    {name!r}, {total}, record=record,
    users=env["res.users"].browse({watchers}),
).start()
for number in range({total}):
    record.write({{"quantity": number + 1}})
    record.flush_recordset()
    {step}
step.finish()
"""
# nobody waits for the answer: the page may be left meanwhile
_RUN = """id => {
    const {orm} = odoo.__WOWL_DEBUG__.root.env.services;
    window.amanatWork = orm.silent.call("ir.actions.server", "run", [[id]]).then(
        () => "", (error) => error.data?.message || String(error));
}"""


class Works:
    """Makes works and has them run."""

    def __init__(self, backend: OdooClient):
        self.backend = backend
        self._actions: list[int] = []

    def make(
        self,
        name: str,
        total: int,
        record_id: int,
        watchers: tuple[int, ...] = (),
        step: str = "step(1, updated=1)",
    ) -> int:
        """Make a server action that changes a record again and again."""
        code = _CODE.format(
            model=MODEL,
            record_id=record_id,
            name=name,
            total=total,
            watchers=list(watchers),
            step=step,
        )
        return self.action(name, code)

    def action(self, name: str, code: str) -> int:
        """Make a server action."""
        [model_id] = self.backend.call("ir.model", "search", [["model", "=", MODEL]])
        values = {"name": name, "model_id": model_id, "state": "code", "code": code}
        [id_] = self.backend.create(values, model="ir.actions.server")
        self._actions.append(id_)
        return id_

    def remove(self) -> None:
        self.backend.unlink(self._actions, model="ir.actions.server")


def run(page: Page, action_id: int) -> None:
    """Have a tab run an action, without waiting for its end."""
    page.evaluate(_RUN, action_id)


def outcome(page: Page) -> str:
    """Wait for the end of what this tab has run.

    :return: the text of the error, if there was one
    """
    return page.evaluate("() => window.amanatWork")


def work(page: Page, name: str) -> Locator:
    """A work in the open menu."""
    return page.locator(WORK).filter(has_text=name)


def open_menu(page: Page) -> None:
    page.locator(BUTTON).click()


def bar_value(page: Page, name: str) -> int:
    return int(work(page, name).locator("progress").get_attribute("value"))
