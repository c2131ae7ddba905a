"""Take the pictures of the README.

``python -m e2e.screenshots`` writes them to ``docs/``: a list in which somebody else
just changed cells, a board on which somebody else moves cards, what a person is shown
of conflicts, who else is there, how long work gets on, and how live the tab is. With
names, only some.
"""

import argparse
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, expect, sync_playwright

from e2e import arabic, browser, nginx
from e2e.activation import Activation
from e2e.conflicts import ConflictDialog, Mark, warnings
from e2e.console import CONSOLE, FULL, Console
from e2e.monitoring import PATH, Monitoring
from e2e.odoo_client import MODEL
from e2e.pages import FormView, ListView, WebClient
from e2e.people import People
from e2e.presence import EDITING, PRESENT, SOON, avatars, field_tag
from e2e.works import Works, open_menu, outcome, run, work
from tools import rtlcss, server, settings

# shortly after the change, when the marks are still strong
_MOMENT = 250
_FREEZE = """moment => document.getAnimations().forEach((animation) => {
    animation.pause();
    animation.currentTime = moment;
})"""
_BOARD = {"viewport": {"width": 960, "height": 520}}
# a glide, step by step: each animation stands still where it is put
_HOLD_STILL = """() => {
    const {animate} = Element.prototype;
    Element.prototype.animate = function () {
        const animation = animate.apply(this, arguments);
        animation.pause();
        return animation;
    };
}"""
_GLIDE_STEPS = (0, 15, 30, 50, 75, 105, 145, 200, 299)
_STEP_TIME, _PAUSE = 60, 1400
_PHONE = {"viewport": {"width": 375, "height": 667}, "device_scale_factor": 2}
_TEXT = (
    "{printer} for the branch office: install it on the second floor, next to the"
    " kitchen, and show everybody how to scan. The {old} toners go back to {place}."
)
_BEFORE = _TEXT.format(printer="Printer", old="old", place="the supplier")
_MINE = _TEXT.format(printer="Colour printer", old="old", place="our warehouse")
_THEIRS = _TEXT.format(printer="Printer", old="empty", place="the supplier")


def main() -> None:
    parser = argparse.ArgumentParser(prog="e2e.screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(_PICTURES)}")
    parser.add_argument("--folder", type=Path, default="docs")
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    rtlcss.ensure(settings.load())
    with sync_playwright() as playwright, server.running() as odoo:
        chromium = browser.launch(playwright)
        people = People(odoo, chromium)
        for name in arguments.names or _PICTURES:
            path = folder / name
            _PICTURES[name](people, path)
            print(f"{path}: {path.stat().st_size // 1000} kB")
        people.close()
        chromium.close()


def _live_list(people: People, path: Path) -> None:
    reader = people.new_tab("admin")
    reader.goto()
    view = ListView(reader)
    expect(view.rows.first).to_be_visible()
    reader.wait_until_live()
    one, other = people.backend("demo"), people.backend("aisha")
    ids = one.call(MODEL, "search", [], limit=12)
    one.write(ids[1], quantity=64)
    one.write(ids[3], state="in_progress")
    other.write(ids[4], amount=2480)
    one.write(ids[6], date="2027-03-01", state="in_progress")
    other.write(ids[9], quantity=12, amount=725.5)
    expect(view.page.locator("td[data-amanat-flash=cell]")).to_have_count(7)
    reader.page.evaluate(_FREEZE, _MOMENT)
    reader.page.screenshot(path=path)


def _live_board(people: People, path: Path) -> None:
    window = people.new_window("admin", **_BOARD)
    reader = people.new_tab("admin", window)
    reader.goto()
    board = reader.open_kanban([])
    expect(board.card("").first).to_be_visible()
    reader.wait_until_live()
    reader.page.evaluate(_HOLD_STILL)
    one, other = people.backend("demo"), people.backend("aisha")
    drafts = one.call(MODEL, "search", [("state", "=", "draft")], limit=3)
    frames = [(_picture(reader), _PAUSE)]
    for author, id_, state in (
        (one, drafts[0], "done"),
        (other, drafts[2], "in_progress"),
    ):
        author.write(id_, state=state)
        expect(reader.page.locator(".o_amanat_gliding").first).to_be_attached()
        for moment in _GLIDE_STEPS:
            reader.page.evaluate(_FREEZE, moment)
            frames.append((_picture(reader), _STEP_TIME))
        reader.page.evaluate(
            "() => document.getAnimations().forEach((animation) => animation.finish())"
        )
        expect(reader.page.locator(".o_amanat_gliding")).to_have_count(0)
        frames.append((_picture(reader), _PAUSE))
    first, *rest = (picture for picture, _ in frames)
    first.save(
        path,
        save_all=True,
        append_images=rest,
        duration=[duration for _, duration in frames],
        loop=0,
        optimize=True,
    )
    window.close()


def _picture(client: WebClient) -> Image.Image:
    picture = Image.open(io.BytesIO(client.page.screenshot()))
    return picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)


def _conflict_mark(people: People, path: Path) -> None:
    reader = people.new_tab("admin", people.new_window("admin"))
    reader.goto()
    view = ListView(reader)
    expect(view.rows.first).to_be_visible()
    reader.wait_until_live()
    demo = people.backend("demo")
    id_ = demo.call(MODEL, "search", [], limit=3)[2]
    cell = view.rows.nth(2).locator("td[name=quantity]")
    cell.click()
    cell.locator("input").fill("100")
    demo.write(id_, quantity=200)
    expect(Mark(cell).text).to_contain_text("200")
    expect(warnings(view.page)).to_have_css("opacity", "1")
    view.page.screenshot(path=path)


def _conflict_dialog(people: People, path: Path) -> None:
    _ask(people, path, people.new_window("admin"))


def _conflict_dialog_phone(people: People, path: Path) -> None:
    window = people.new_window("admin", has_touch=True, is_mobile=True, **_PHONE)
    _ask(people, path, window)


def _ask(people: People, path: Path, window: BrowserContext) -> None:
    """Change a number and a text that somebody else changes too, and save."""
    demo = people.backend("demo")
    vals = {"name": "Printer for the branch", "quantity": 1, "description": _BEFORE}
    [id_] = demo.create(vals)
    client = people.new_tab("admin", window)
    client.goto()
    form = client.open_form(id_)
    expect(form.input("name")).to_have_value(vals["name"])
    client.wait_until_live()
    form.input("quantity").fill("2")
    form.page.locator(".nav-link[name=description]").click()
    form.input("description").fill(_MINE)
    form.input("description").blur()
    demo.write(id_, quantity=3, description=_THEIRS)
    expect(Mark(form.field("quantity")).text).to_contain_text("3")
    # it would cover the dialog
    warnings(form.page).locator(".o_notification_close").click()
    expect(warnings(form.page)).to_have_count(0)
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    expect(dialog.entries).to_have_count(2)
    expect(dialog.root.locator(".o_amanat_diff ins").first).to_be_visible()
    dialog.tick("Description", "mine")
    dialog.tick("Quantity", "theirs")
    form.page.screenshot(path=path)
    demo.unlink(id_)
    client.page.close()


def _presence_list(people: People, path: Path) -> None:
    """A list with two others, one of whom types in a cell and one has a record open."""
    reader, demo, aisha, auditor = (
        people.new_tab(user) for user in ("admin", "demo", "aisha", "auditor")
    )
    for client in (reader, demo, auditor):
        client.goto()
    view, theirs = ListView(reader), ListView(demo)
    reader.wait_until_live()
    ids = reader.user.call(MODEL, "search", [], limit=6)
    aisha.goto()
    aisha.open_form(ids[4])
    theirs.rows.nth(1).locator("td[name=quantity]").click()
    theirs.page.keyboard.type("128")
    expect(view.rows.nth(1).locator(f"td[{EDITING}]")).to_be_visible()
    expect(view.rows.nth(4)).to_have_attribute(PRESENT, "viewing")
    expect(avatars(view.page)).to_have_count(2)
    view.page.screenshot(path=path)
    for client in (reader, demo, aisha, auditor):
        client.page.close()


def _right_to_left(people: People, path: Path) -> None:
    """The list in Arabic, with what others change, edit and look at."""
    admin, aisha, demo = (people.backend(user) for user in ("admin", "aisha", "demo"))
    arabic.translate(admin)
    arabic.speak(admin, aisha)
    reader = people.new_tab("aisha", people.new_window("aisha"))
    other, auditor = people.new_tab("demo"), people.new_tab("auditor")
    for client in (reader, other, auditor):
        client.goto()
    view, theirs = ListView(reader), ListView(other)
    reader.wait_until_live()
    ids = demo.call(MODEL, "search", [], limit=6)
    auditor.open_form(ids[5])
    theirs.rows.nth(1).locator("td[name=quantity]").click()
    theirs.page.keyboard.type("128")
    expect(view.rows.nth(1).locator(f"td[{EDITING}]")).to_be_visible()
    expect(view.rows.nth(5)).to_have_attribute(PRESENT, "viewing")
    cell = view.rows.nth(3).locator("td[name=quantity]")
    cell.click()
    cell.locator("input").fill("100")
    demo.write(ids[3], quantity=200)
    expect(Mark(cell).text).to_contain_text("200")
    expect(warnings(view.page)).to_have_css("opacity", "1")
    reader.page.screenshot(path=path)
    for client in (other, auditor):
        client.page.close()
    reader.page.context.close()
    arabic.speak_english(admin, aisha)


def _presence_form(people: People, path: Path) -> None:
    demo = people.backend("demo")
    id_ = demo.call(MODEL, "search", [], limit=1)[0]
    reader, other = people.new_tab("admin"), people.new_tab("demo")
    for client in (reader, other):
        client.goto()
        client.open_form(id_)
        client.wait_until_live()
    FormView(other).input("quantity").fill("7")
    expect(field_tag(reader.page, "quantity")).to_be_visible()
    reader.page.screenshot(path=path)
    for client in (reader, other):
        client.page.close()


def _monitoring(people: People, path: Path) -> None:
    """What a manager sees while somebody changes what somebody else looks at."""
    reader, writer = people.new_tab("demo"), people.backend("aisha")
    reader.goto()
    reader.wait_until_live()
    ids = writer.call(MODEL, "search", [], limit=10)
    for value in range(52):
        writer.write(ids[value % 10], quantity=value)
        reader.settle()
    window = people.new_window("admin", viewport={"width": 1280, "height": 900})
    client = people.new_tab("admin", window)
    client.goto(PATH)
    screen = Monitoring(client)
    screen.wait_for_number(screen.tile("p50"), timeout=2 * SOON)
    expect(screen.chart("latency").locator("canvas")).to_be_visible()
    client.page.screenshot(path=path)
    window.close()
    reader.page.close()


def _polling(people: People, path: Path) -> None:
    """What the badge says where the proxy refuses the websocket."""
    with (
        tempfile.TemporaryDirectory() as home,
        nginx.in_front_of(people.odoo, Path(home), nginx.REFUSED) as front,
    ):
        behind = People(front, people.browser)
        client = behind.new_tab("admin", behind.new_window("admin", **_BOARD))
        client.goto()
        badge = client.page.locator(".o_amanat_connection")
        expect(badge).to_have_attribute("data-amanat-state", "polling", timeout=60_000)
        badge.click()
        expect(client.page.locator(".o_amanat_connection_hint")).to_be_visible()
        client.page.screenshot(path=path)
        client.page.context.close()


def _progress(people: People, path: Path) -> None:
    """A work that runs, and one that has just ended."""
    client = people.new_tab("admin", people.new_window("admin", **_BOARD))
    client.goto()
    client.wait_until_live()
    works = Works(client.user)
    ids = client.user.call(MODEL, "search", [], limit=2)
    skip = 'step.skip("by_hand") if number < 3 else step(1, updated=1)'
    run(client.page, works.make("Synchronisation", 18, ids[0], step=skip))
    outcome(client.page)
    # it would cover the menu
    client.page.locator(".o_notification_close").click()
    expect(client.page.locator(".o_notification")).to_have_count(0)
    run(client.page, works.make("Import of price lists", 60_000, ids[1]))
    open_menu(client.page)
    running = work(client.page, "Import")
    expect(running).to_contain_text(" left", timeout=30_000)
    client.page.screenshot(path=path)
    running.get_by_role("button", name="Cancel").click()
    outcome(client.page)
    works.remove()
    client.page.context.close()


def _test_console(people: People, path: Path) -> None:
    """A manager alone, while Test Robot types in a cell."""
    console = _open_console(people)
    console.run("edit")
    console.run("notification")
    console.press("presence")
    cell = console.list.rows.first.locator(f"td[{EDITING}]")
    expect(cell).to_be_visible(timeout=SOON)
    console.entries.first.locator("summary").click()
    console.page.screenshot(path=path)
    _close_console(console)


def _test_console_conflict(people: People, path: Path) -> None:
    console = _open_console(people)
    cell = console.list.rows.nth(1).locator("td[name=quantity]")
    cell.click()
    cell.locator("input").fill("100")
    console.run("conflict")
    expect(Mark(cell).text).to_be_visible()
    expect(warnings(console.page)).to_have_css("opacity", "1")
    console.page.screenshot(path=path)
    _close_console(console)


def _models(people: People, path: Path) -> None:
    """Contacts, made live by a line, with the audit switched on."""
    client = people.new_tab("admin", people.new_window("admin", **_BOARD))
    activation = Activation(client.user)
    activation.set_live("res.partner", audit=True)
    activation.set_live(MODEL, audit=True)
    client.goto("/odoo/action-amanat_realtime.action_realtime_model")
    expect(ListView(client).rows).to_have_count(2)
    client.page.screenshot(path=path)
    activation.restore()
    client.page.context.close()


def _activity(people: People, path: Path) -> None:
    """What three people have changed."""
    client = people.new_tab("admin", people.new_window("admin"))
    activation = Activation(client.user)
    activation.set_live(MODEL, audit=True)
    ids = client.user.call(MODEL, "search", [], limit=3)
    for user, vals in (
        ("demo", {"quantity": 12, "state": "done"}),
        ("aisha", {"amount": 1250.5}),
        ("admin", {"date": "2026-12-24", "partner_id": False}),
    ):
        people.backend(user).write(ids.pop(), **vals)
    client.goto("/odoo/action-amanat_realtime.action_activity")
    expect(ListView(client).rows.nth(4)).to_be_visible()
    client.page.screenshot(path=path)
    activation.restore()
    client.page.context.close()


def _factory(people: People, path: Path) -> None:
    """The dashboard while machines work."""
    client = people.new_tab("demo", people.new_window("demo"))
    client.goto("/odoo/factory")
    pieces = client.page.locator("[data-tile=pieces] .fw-bold")
    for _second in range(4):
        before = pieces.inner_text()
        client.user.call("amanat.machine", "action_simulate", 50)
        expect(pieces).not_to_have_text(before)
    client.page.screenshot(path=path)
    client.page.context.close()


def _start(people: People, path: Path) -> None:
    client = people.new_tab("demo", people.new_window("demo"))
    client.goto("/odoo/start-here")
    expect(client.page.locator("[data-system]")).to_have_count(5)
    client.page.screenshot(path=path)
    client.page.context.close()


def _open_console(people: People) -> Console:
    client = people.new_tab("admin", people.new_window("admin"))
    client.goto(FULL)
    console = Console(client)
    expect(console.list.rows).to_have_count(3)
    client.wait_until_live()
    console.page.locator(".o_amanat_console_clear").click()
    return console


def _close_console(console: Console) -> None:
    console.client.user.call(CONSOLE, "clean_up")
    console.page.context.close()


_PICTURES: dict[str, Callable[[People, Path], None]] = {
    "live-list.png": _live_list,
    "live-board.gif": _live_board,
    "conflict-mark.png": _conflict_mark,
    "conflict-dialog.png": _conflict_dialog,
    "conflict-dialog-phone.png": _conflict_dialog_phone,
    "presence-list.png": _presence_list,
    "presence-form.png": _presence_form,
    "right-to-left.png": _right_to_left,
    "progress.png": _progress,
    "monitoring.png": _monitoring,
    "models.png": _models,
    "activity.png": _activity,
    "start.png": _start,
    "factory.png": _factory,
    "polling.png": _polling,
    "test-console.png": _test_console,
    "test-console-conflict.png": _test_console_conflict,
}


if __name__ == "__main__":
    main()
