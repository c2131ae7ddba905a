"""Steps of a random walk: what people do in their tabs, and what others do."""

from random import Random

from playwright.sync_api import ElementHandle, Error, Locator, expect

from e2e.odoo_client import MODEL, OdooClient
from e2e.pages import WebClient
from e2e.records import Records

STATES = ["draft", "in_progress", "done", "cancelled"]

# what rows, columns and fields say, without what is there for a moment only
_PICTURE = r"""() => {
    const plain = (text) => text.replace(/\s+/g, " ").trim();
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const says = (el) => plain(el.innerText);
    const texts = (selector, root) => all(selector, root).map(says);
    const values = (el) => all("input, textarea", el).map(({value}) => value);
    return {
        rows: texts(".o_list_view .o_data_row, .o_list_view .o_group_header").filter(
            (text) => !/\(0\)/.test(text)
        ),
        totals: texts(".o_list_view tfoot td"),
        pager: texts(".o_pager_value, .o_pager_limit"),
        columns: all(".o_kanban_group").map((column) => [
            texts(".o_column_title", column),
            texts(".o_kanban_record", column),
            all(".progress-bar", column).map((bar) => bar.ariaValueNow),
        ]),
        fields: all(".o_form_view .o_field_widget:not(.o_data_row *)").map((el) => [
            el.getAttribute("name"), says(el), values(el)
        ]),
        marked: all(".o_amanat_gone, .o_amanat_leaving, .o_selected_row").length,
    };
}"""


_HEAR_CLICK = """(element) => {
    const hit = {isHit: false};
    const hear = () => (hit.isHit = true);
    element.addEventListener("click", hear, {once: true, capture: true});
    return hit;
}"""
# or will never be: its record is gone
_IS_EDITED = """([cell, field]) => !cell.isConnected ||
    document.querySelector(`.o_selected_row [name=${field}] input`)"""


class Everybody:
    """Those who change records without being seen in any tab of the test.

    :param kept: a record that is changed more often than others, and not deleted
    """

    def __init__(
        self, rng: Random, client: OdooClient, records: Records, kept: int | None = None
    ):
        self.rng = rng
        self.client = client
        self.records = records
        self.kept = kept
        self.partners = client.call("res.partner", "search", [], limit=4)
        self.tags = client.call("amanat.test.realtime.tag", "search", [], limit=3)

    def step(self) -> str:
        """Do something, in a transaction of its own."""
        does = self.rng.choices(
            [self._write, self._create, self._unlink, self._archive, self._lines],
            [8, 2, 1, 1, 2],
        )[0]
        return does()

    def _ids(self, active: bool = True) -> list[int]:
        domain = [*self.records.domain, ["active", "=", active]]
        return self.client.call(MODEL, "search", domain, order="id")

    def _some(self, active: bool = True) -> list[int]:
        ids = self._ids(active)
        some = self.rng.sample(ids, min(len(ids), self.rng.choice([1, 1, 2, 5])))
        wanted = self.kept and active and self.rng.random() < 0.7
        return sorted({*some, self.kept} if wanted else some)

    def _values(self) -> dict:
        rng = self.rng
        values = {
            "sequence": rng.randrange(12),
            "state": rng.choice(STATES),
            "date": rng.choice([False, f"2030-0{rng.randint(1, 4)}-15"]),
            "partner_id": rng.choice([False, *self.partners]),
            "tag_ids": [(6, 0, rng.sample(self.tags, rng.randint(0, len(self.tags))))],
        }
        names = rng.sample(sorted(values), rng.randint(1, 2))
        return {name: values[name] for name in names}

    def _write(self) -> str:
        ids, values = self._some(), self._values()
        self.client.write(ids, **values)
        return f"write {ids} {values}"

    def _create(self) -> str:
        values = self._values()
        return f"create {self.records.make(self.rng.randint(1, 2), **values)} {values}"

    def _unlink(self) -> str:
        ids = [id_ for id_ in self._some()[:2] if id_ != self.kept]
        if ids and len(self._ids()) > 5:
            self.client.unlink(ids)
        return f"unlink {ids}"

    def _archive(self) -> str:
        active = self.rng.random() < 0.5
        ids = [id_ for id_ in self._some(not active)[:2] if id_ != self.kept]
        if ids:
            self.client.write(ids, active=active)
        return f"{'unarchive' if active else 'archive'} {ids}"

    def _lines(self) -> str:
        id_ = self.kept or self.rng.choice(self._ids())
        lines = self.client.read(id_, "line_ids")["line_ids"]
        values = {"quantity": self.rng.randint(1, 9), "price": self.rng.randint(1, 9)}
        command = (0, 0, {"name": f"line {self.rng.randrange(100)}", **values})
        if lines and self.rng.random() < 0.7:
            line = self.rng.choice(lines)
            command = self.rng.choice([(1, line, values), (2, line)])
        self.client.write(id_, line_ids=[command])
        return f"line of {id_}: {command}"


class Person:
    """Somebody in a tab, who works in one field that nobody else changes.

    :ivar field: that field, so that the person is never asked whose value to keep
    """

    def __init__(self, rng: Random, client: WebClient, view, field: str):
        self.rng = rng
        self.client = client
        self.view = view
        self.page = client.page
        self.field = field

    def step(self) -> str:
        """Do something with mouse and keyboard."""
        kind = type(self.view).__name__
        does = {
            "ListView": [
                self._edit_row,
                self._select,
                self._leave,
                self._toggle_group,
                self._turn_page,
                self._search,
            ],
            "KanbanView": [self._drag],
            "FormView": [self._edit_form, self._leave],
        }[kind]
        return f"{self.client.user.login}: {self.rng.choice(does)()}"

    def picture(self) -> dict:
        return self.page.evaluate(_PICTURE)

    def let_go(self) -> None:
        """Keep nothing that would hold a row where it is, and go back to the start."""
        self._leave(saves=False)
        unselect = self.page.locator(".o_unselect_all")
        if unselect.count():
            unselect.click()
        self._forget_search()
        while (pager := self._pager()) and not pager.startswith("1-"):
            self._turn("previous")
        self.page.evaluate("() => document.activeElement.blur()")
        self.page.mouse.move(1, 1)

    def _any(self, found: Locator) -> ElementHandle | None:
        """One of several elements, any of which others may take away meanwhile."""
        # what is drawn does not depend on how many there are
        place = self.rng.random()
        handles = found.element_handles()
        return handles[int(place * len(handles))] if handles else None

    def _click(self, what: ElementHandle) -> bool:
        """:return: not if it was taken away before, or moved under the mouse"""
        hit = what.evaluate_handle(_HEAR_CLICK)
        try:
            what.click()
        except Error:
            if what.evaluate("(element) => element.isConnected"):
                raise
            return False
        return hit.evaluate("(hit) => hit.isHit")

    def _type(self, field: Locator) -> str:
        text = str(self.rng.randint(1, 999))
        field.fill(text)
        return text

    def _edit_row(self) -> str:
        edited = self.page.locator(f".o_selected_row [name={self.field}] input")
        if not edited.count():
            cell = self._any(self.page.locator(f".o_data_row td[name={self.field}]"))
            if not cell or self.page.locator(".o_data_row input:checked").count():
                return "nothing to edit"
            if not self._click(cell):
                return "was too late"
            self.page.wait_for_function(_IS_EDITED, arg=[cell, self.field])
            if not edited.count():
                return "was too late"
        return f"types {self._type(edited)}"

    def _select(self) -> str:
        box = self._any(self.page.locator(".o_data_row .o_list_record_selector input"))
        if not box or self.page.locator(".o_selected_row").count():
            return "selects nothing"
        if not self._click(box):
            return "was too late"
        return "selects or not"

    def _toggle_group(self) -> str:
        header = self._any(self.page.locator(".o_group_header .o_group_name"))
        if not header or self.page.locator(".o_selected_row").count():
            return "opens no group"
        if not self._click(header):
            return "was too late"
        return "opens or closes a group"

    def _pager(self) -> str | None:
        value = self.page.locator(".o_list_view .o_pager_value")
        return value.inner_text() if value.count() else None

    def _turn(self, where: str) -> None:
        before = self._pager()
        self.page.locator(f".o_pager_{where}").click()
        expect(self.page.locator(".o_pager_value")).not_to_have_text(before)

    def _turn_page(self) -> str:
        where = self.rng.choice(["next", "previous"])
        button = self.page.locator(f".o_list_view .o_pager_{where}:not([disabled])")
        if not button.count() or self.page.locator(".o_selected_row").count():
            return "turns no page"
        self._turn(where)
        return f"turns to the {where} page"

    def _search(self) -> str:
        box = self.page.locator(".o_searchview_input")
        if not box.count() or self.page.locator(".o_selected_row").count():
            return "does not search"
        if self._forget_search():
            return "searches for nothing any more"
        text = f"00{self.rng.randint(1, 9)}"
        box.fill(text)
        # nobody presses Enter before there is something to choose
        offered = self.page.locator(".o_searchview_autocomplete .o-dropdown-item")
        expect(offered.first).to_contain_text(text)
        box.press("Enter")
        expect(self.page.locator(".o_searchview_facet")).to_have_count(1)
        return f"searches for {text}"

    def _forget_search(self) -> bool:
        facets = self.page.locator(".o_list_view .o_searchview_facet .o_facet_remove")
        if not facets.count():
            return False
        facets.first.click()
        expect(facets).to_have_count(0)
        return True

    def _edit_form(self) -> str:
        return f"types {self._type(self.view.input(self.field))}"

    def _leave(self, saves: bool | None = None) -> str:
        saves = self.rng.random() < 0.6 if saves is None else saves
        what = ("save", "save") if saves else ("discard", "cancel")
        shown = ".o_form_status_indicator_buttons:not(.invisible)"
        button = self.page.locator(
            f".o_list_button_{what[0]}, {shown} .o_form_button_{what[1]}"
        )
        if not button.count():
            return "has nothing to save"
        button.first.click()
        # disabled as long as it saves
        expect(button.and_(self.page.locator(":disabled"))).to_have_count(0)
        self.client.settle()
        # nobody can save what others have deleted: it stays until it is discarded
        kept = self.page.locator(".o_selected_row.o_amanat_gone")
        left = self.page.locator(".o_selected_row:not(.o_amanat_gone)")
        expect(left).to_have_count(0)
        if saves and kept.count():
            return self._leave(saves=False)
        expect(button).to_have_count(0)
        return "saves" if saves else "discards"

    def _drag(self) -> str:
        card = self._any(self.page.locator(".o_kanban_record:not(.o_amanat_leaving)"))
        column = self._any(self.page.locator(".o_kanban_group:not(.o_column_folded)"))
        if not card or not column:
            return "drags nothing"
        start, end = card.bounding_box(), column.bounding_box()
        if not start or not end:
            return "was too late"
        mouse = self.page.mouse
        mouse.move(start["x"] + 20, start["y"] + 12)
        mouse.down()
        mouse.move(start["x"] + 40, start["y"] + 30, steps=3)
        mouse.move(end["x"] + end["width"] / 2, end["y"] + 120, steps=5)
        mouse.up()
        return "drags a card"
