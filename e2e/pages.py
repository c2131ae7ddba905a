"""The web client as a person sees it: one class per kind of view."""

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

from e2e.bus_log import BusLog
from e2e.odoo_client import OdooClient
from e2e.rpc_log import RpcLog

ACTION = "amanat_realtime.action_test_realtime"
LIST = f"/odoo/action-{ACTION}"
FLASH = "data-amanat-flash"
FLASH_CELL = "flash-cell"
FLASH_ROW = "flash-row"
# Debian's Odoo lacks files of others that it lists
_OTHERS_ERRORS = re.compile("Could not get content for")
# those of uploads apart
_TOASTS = ".o_notification_manager:not(.o_upload_progress_toast)"
_PROBES = 50
# the first page of all, in each direction of writing, makes the server build its assets
_FIRST_PAGE = 120_000

_DO_ACTION = """async ([action, changes, options]) => {
    const {services} = odoo.__WOWL_DEBUG__.root.env;
    const found = await services.action.loadAction(action);
    await services.action.doAction({...found, ...changes}, options);
}"""
# nothing is waiting to be read or shown any more
_SETTLED = """() => {
    const {amanat_realtime} = odoo.__WOWL_DEBUG__.root.env.services;
    const {patchers, reports, settings} = amanat_realtime;
    return !settings.timer && [...patchers.values()].every(
        ({queue, flushing, refresher, departures, model}) =>
            !queue.length && !flushing && !refresher.timer && !refresher.running &&
            !refresher.hasWork && !departures.leaving.size &&
            !departures.mover.moving.size && !model.mutex._queueSize
    ) && [...reports].every(
        ({timer, running, asked}) => !timer && !running && !asked);
}"""

_IS_LIVE = """([model, live]) =>
    odoo.__WOWL_DEBUG__.root.env.services.amanat_realtime.isLive(model) === live"""

# marks are set when what they mark has been drawn
_DRAWN = """async () => {
    for (let frame = 0; frame < 4; frame++) {
        await new Promise(requestAnimationFrame);
    }
}"""

_SUMS_ARE = """sums => {
    const canvas = document.querySelector(".o_graph_canvas_container canvas");
    const {labels, datasets} = Chart.getChart(canvas)?.data || {labels: []};
    const bars = datasets?.filter(({type}) => !type);
    const sum = (i) => bars.reduce((total, {data}) => total + (data[i] || 0), 0);
    return labels.length === Object.keys(sums).length &&
        labels.every((label, i) => sums[label] === sum(i));
}"""


class WebClient:
    """One tab of one person.

    :ivar page: Playwright's page
    :ivar bus: what it received
    :ivar rpc: what it asked for
    :ivar console: what it wrote to its console, as ``(type, text)``
    """

    def __init__(self, page: Page, url: str, user: OdooClient):
        self.page = page
        self.url = url
        self.user = user
        self.bus = BusLog(page)
        self.rpc = RpcLog(page)
        self.console: list[tuple[str, str]] = []
        page.on("console", lambda m: self.console.append((m.type, m.text)))
        page.on("pageerror", lambda e: self.console.append(("pageerror", str(e))))

    def goto(self, path: str = LIST) -> None:
        """Load the web client at an address."""
        self.page.goto(self.url + path, timeout=_FIRST_PAGE)
        shown = self.page.locator(
            ".o_action_manager > .o_action, .o_error_dialog"
        ).first
        expect(shown).to_be_visible(timeout=_FIRST_PAGE)
        self.require_no_error()

    def require_no_error(self) -> None:
        """:raises AssertionError: the web client shows that something went wrong"""
        dialog = self.page.locator(".o_error_dialog")
        assert not dialog.count(), self.errors() or dialog.inner_text()

    def open_list(self, domain: list, **changes) -> "ListView":
        self._do_action("list", domain, changes)
        return ListView(self)

    def open_kanban(self, domain: list, **changes) -> "KanbanView":
        self._do_action("kanban", domain, changes)
        return KanbanView(self)

    def open_graph(self, domain: list, **changes) -> "GraphView":
        self._do_action("graph", domain, changes)
        return GraphView(self)

    def open_pivot(self, domain: list, **changes) -> "PivotView":
        self._do_action("pivot", domain, changes)
        return PivotView(self)

    def open_calendar(self, domain: list, **changes) -> "CalendarView":
        self._do_action("calendar", domain, changes)
        return CalendarView(self)

    def open_form(self, id_: int, **changes) -> "FormView":
        self._do_action("form", [["id", "=", id_]], changes, resId=id_)
        return FormView(self)

    def _do_action(self, view: str, domain: list, changes: dict, **props) -> None:
        self.page.wait_for_function("() => window.odoo?.__WOWL_DEBUG__?.root")
        changes = {"domain": domain, **changes}
        action = changes.pop("action", ACTION)
        options = {"clearBreadcrumbs": True, "viewType": view, "props": props}
        self.page.evaluate(_DO_ACTION, [action, changes, options])
        expect(self.page.locator(f".o_action_manager .o_{view}_view")).to_be_visible()

    def wait_until_live(self, *others: "WebClient") -> None:
        """Return when a change made now is sure to arrive in this tab.

        The only proof is one that did: a record that this person may see is changed
        until the tab has heard of it.

        :param others: tabs that are live already, hear of the proof as well, and are to
            have done with it
        """
        probe = self.user.create({"name": "e2e probe", "user_id": self.user.uid})[0]
        mark = f"probe {probe} "
        for attempt in range(_PROBES):
            self.user.write(probe, description=f"{mark}{attempt}")
            try:
                self.bus.wait_for(mark, timeout=0.4)
                break
            except TimeoutError:
                if attempt == _PROBES - 1:
                    raise
        self.user.unlink(probe)
        for client in (self, *others):
            client.bus.wait_for(f'"unlink":[{probe}]')
            client.settle()
            client.forget()

    def wait_until_model_is(self, live: bool, model: str) -> None:
        """Return when this tab knows that a model is live, or that it is not."""
        self.page.wait_for_function(_IS_LIVE, arg=[model, live])
        self.settle()

    def settle(self) -> None:
        """Wait until everything that arrived is on the screen, reads included."""
        self.page.wait_for_function(_SETTLED)
        self.page.evaluate(_DRAWN)

    def forget(self) -> None:
        """Begin new logs."""
        self.page.evaluate("() => { window.amanatE2E.flashes.length = 0 }")
        self.bus.clear()
        self.rpc.clear()

    def flashes(self, mark: str | None = None) -> list[dict]:
        """Every mark of ours that was put on an element since :meth:`forget`."""
        found = self.page.evaluate("() => window.amanatE2E.flashes")
        return [f for f in found if mark in (None, f["mark"])]

    def wait_for_flash(self, mark: str) -> None:
        """Wait until a mark has been there; it is gone after a moment.

        :param mark: as in :meth:`flashes`
        """
        self.page.wait_for_function(
            "mark => window.amanatE2E.flashes.some((flash) => flash.mark === mark)",
            arg=mark,
        )

    def errors(self) -> list[str]:
        """What went wrong in this tab, whoever is to blame."""
        return [
            text
            for kind, text in self.console
            if kind in ("error", "pageerror") and not _OTHERS_ERRORS.search(text)
        ]

    @property
    def toasts(self) -> Locator:
        return self.page.locator(".o_notification")

    def require_clear_of_toasts(self, element: Locator) -> None:
        """:raises AssertionError: it is where toasts appear, of which some stay as long
        as the server does not answer
        """
        column = self.page.locator(_TOASTS).bounding_box()
        box = element.bounding_box()
        assert box["x"] + box["width"] <= column["x"], (box, column)

    def hue(self, author: OdooClient) -> str:
        """The colour of a person, as the product chooses it."""
        return str(round(author.uid * 137.508) % 360)


class View:
    """What all views have."""

    def __init__(self, client: WebClient):
        self.client = client
        self.page = client.page
        self.pager = self.page.locator(".o_pager_value")
        self.total = self.page.locator(".o_pager_limit")


class ListView(View):
    """A list."""

    @property
    def rows(self) -> Locator:
        return self.page.locator("tr.o_data_row")

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    def cell(self, text: str, field: str) -> Locator:
        return self.row(text).locator(f"td[name={field}]")

    def cells(self, field: str) -> Locator:
        return self.rows.locator(f"td[name={field}]")


class FormView(View):
    """A form."""

    @property
    def save_button(self) -> Locator:
        return self.page.locator(".o_form_button_save")

    @property
    def clean_status(self) -> Locator:
        """There when nothing is left to be saved."""
        return self.page.locator(".o_form_status_indicator_buttons.invisible")

    def field(self, name: str) -> Locator:
        return self.page.locator(f".o_form_view .o_field_widget[name={name}]")

    def input(self, name: str) -> Locator:
        return self.field(name).locator("input, textarea").first

    @property
    def breadcrumb(self) -> Locator:
        return self.page.locator(
            ".o_breadcrumb .active, .o_breadcrumb .o_last_breadcrumb_item"
        )

    @property
    def gone_banner(self) -> Locator:
        return self.page.locator(".o_amanat_gone_banner")


class KanbanView(View):
    """A kanban board with columns."""

    def column(self, title: str) -> Locator:
        return self.page.locator(".o_kanban_group").filter(
            has=self.page.locator(".o_column_title, .o_kanban_header", has_text=title)
        )

    def fold(self, title: str) -> None:
        header = self.column(title).locator(".o_kanban_header")
        header.hover()
        header.locator(".o_group_config button").click()
        self.page.get_by_role("menuitem", name="Fold").click()

    def card(self, text: str) -> Locator:
        return self.page.locator(".o_kanban_record").filter(has_text=text)

    def card_in(self, column: str, text: str) -> Locator:
        return self.column(column).locator(".o_kanban_record").filter(has_text=text)


class GraphView(View):
    """A chart, which is drawn on a canvas and cannot be read from the page."""

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".o_graph_canvas_container canvas")

    def wait_for_sums(self, **sums: float) -> None:
        """Wait until this is drawn for the labels of the axis, all colours together."""
        self.page.wait_for_function(_SUMS_ARE, arg=sums)

    def pick_measure(self, name: str) -> None:
        self.page.get_by_role("button", name="Measures").click()
        self.page.locator(".o-dropdown--menu .dropdown-item", has_text=name).click()


class PivotView(View):
    """A table of totals."""

    @property
    def rows(self) -> Locator:
        return self.page.locator(".o_pivot tbody tr")

    def header(self, title: str) -> Locator:
        return self.rows.locator("th").filter(has_text=title)

    def group_by(self, title: str, field: str) -> None:
        """Expand a row by a field."""
        self.header(title).click()
        self.page.get_by_role("menuitem", name=field, exact=True).click()


class CalendarView(View):
    """A month, a week, a day or a year of events."""

    @property
    def title(self) -> Locator:
        return self.page.locator(".o_calendar_header h5")

    @property
    def popover(self) -> Locator:
        return self.page.locator(".o_cw_popover")

    def day(self, date: str) -> Locator:
        return self.page.locator(f".fc-day[data-date='{date}']")

    def event(self, text: str) -> Locator:
        return self.page.locator(".fc-event").filter(has_text=text)

    def event_on(self, date: str, text: str) -> Locator:
        return self.day(date).locator(".fc-event").filter(has_text=text)
