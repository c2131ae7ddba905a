"""Promise: who may see a page or record sees who else is there and what they edit,
at once, and no longer than that is true.
"""

import contextlib
import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from e2e.browser import LOST_BEACONS
from e2e.presence import (
    EDITING,
    FORGOTTEN,
    PRESENT,
    SOON,
    TYPING,
    avatar,
    avatars,
    field_tag,
)
from e2e.shapes import ONE_SHAPE

#: records that nobody follows
ELSEWHERE = "contacts.action_contacts"
#: what was typed last is no longer told after 3 s
TYPED = 8_000


@pytest.fixture
def on_page(login, records):
    """Open the list of the test's records in a tab of a person."""
    records.make(2, quantity=1)

    def open_list(user: str, **options):
        client = login(user, **options)
        view = client.open_list(records.domain)
        client.wait_until_live()
        return client, view

    return open_list


def test_three_people_join_and_leave(on_page):
    admin, _view = on_page("admin")
    demo, _view = on_page("demo")
    expect(avatar(admin.page, demo.user.name)).to_be_visible(timeout=SOON)
    auditor, _view = on_page("auditor")
    # who comes sees at once who was there before
    for name in (admin.user.name, demo.user.name):
        expect(avatar(auditor.page, name)).to_be_visible(timeout=SOON)
    for client in (admin, demo):
        expect(avatars(client.page)).to_have_count(2, timeout=SOON)
    demo.open_list([["id", "=", 0]], action=ELSEWHERE)
    expect(avatars(admin.page)).to_have_count(1, timeout=SOON)
    expect(avatar(admin.page, auditor.user.name)).to_be_visible()
    # now and then, Chromium loses the farewell of a page
    auditor.page.close()
    expect(avatars(admin.page)).to_have_count(0, timeout=FORGOTTEN)
    assert admin.errors() == []


def test_who_closes_the_tab_is_gone_at_once(on_page):
    admin, _view = on_page("admin")
    for _attempt in range(LOST_BEACONS):
        demo, _view = on_page("demo")
        expect(avatars(admin.page)).to_have_count(1, timeout=SOON)
        demo.page.close()
        with contextlib.suppress(AssertionError):
            expect(avatars(admin.page)).to_have_count(0, timeout=SOON)
            return
        expect(avatars(admin.page)).to_have_count(0, timeout=FORGOTTEN)
    raise AssertionError("no farewell has ever come")


@ONE_SHAPE
def test_two_tabs_of_a_person_are_one_person(on_page):
    admin, _view = on_page("admin")
    first, _view = on_page("demo")
    on_page("demo")
    expect(avatar(admin.page, first.user.name)).to_have_count(1, timeout=SOON)
    first.page.close()
    # what comes after the tab has left has come, if its farewell was not lost
    auditor, _view = on_page("auditor")
    expect(avatar(admin.page, auditor.user.name)).to_be_visible(timeout=SOON)
    expect(avatar(admin.page, first.user.name)).to_have_count(1)


@ONE_SHAPE
def test_who_crashes_is_forgotten(on_page):
    admin, _view = on_page("admin")
    demo, _view = on_page("demo", viewport={"width": 1000, "height": 700})
    expect(avatars(admin.page)).to_have_count(1, timeout=SOON)
    with demo.page.expect_event("crash"), contextlib.suppress(PlaywrightError):
        demo.page.goto("chrome://crash")
    expect(avatars(admin.page)).to_have_count(0, timeout=FORGOTTEN)


def type_until_it_is_told(view, cell):
    """The mark is there for no longer than somebody types, plus three seconds."""
    for _attempt in range(20):
        view.page.keyboard.type("7")
        with contextlib.suppress(AssertionError):
            expect(cell).to_have_attribute(TYPING, "", timeout=1500)
            return
    raise AssertionError("nobody was told of what is typed")


def test_a_cell_that_somebody_edits(on_page, records):
    admin, view = on_page("admin")
    demo, theirs = on_page("demo")
    theirs.cell(records.name(2), "quantity").click()
    cell = view.cell(records.name(2), "quantity")
    row = view.row(records.name(2))
    expect(row).to_have_attribute(PRESENT, "editing", timeout=SOON)
    type_until_it_is_told(theirs, cell)
    expect(cell).to_have_attribute(EDITING, demo.user.name)
    expect(row).to_have_attribute("title", re.compile(re.escape(demo.user.name)))
    # nothing was typed for some seconds
    expect(cell).not_to_have_attribute(TYPING, "", timeout=TYPED)
    expect(cell).to_have_attribute(EDITING, demo.user.name)
    theirs.page.keyboard.press("Escape")
    expect(cell).not_to_have_attribute(EDITING, demo.user.name, timeout=SOON)
    expect(row).not_to_have_attribute(PRESENT, "editing")


def test_a_field_that_somebody_edits_in_a_form(open_form, login):
    admin, form, id_ = open_form("admin", quantity=1)
    demo = login("demo")
    theirs = demo.open_form(id_)
    demo.wait_until_live()
    expect(avatar(admin.page, demo.user.name)).to_be_visible(timeout=SOON)
    theirs.input("quantity").fill("22")
    tag = field_tag(admin.page, "quantity")
    expect(tag).to_contain_text(demo.user.name, timeout=SOON)
    expect(form.input("quantity")).to_have_value("1")
    theirs.save_button.click()
    expect(form.input("quantity")).to_have_value("22")
    # their copy was just updated, and it says so
    person = avatar(admin.page, demo.user.name)
    expect(person).to_have_attribute("data-amanat-state", "saved", timeout=SOON)
    expect(tag).to_have_count(0, timeout=SOON)
    expect(person).to_have_attribute("data-amanat-state", "viewing", timeout=10_000)


def test_a_record_that_is_open_elsewhere(login, records):
    id_ = records.make_one(state="draft")
    admin, other = login("admin"), login("auditor")
    view = admin.open_list(records.domain)
    board = other.open_kanban(records.domain)
    for client in (admin, other):
        client.wait_until_live()
    demo = login("demo")
    demo.open_form(id_)
    expect(view.row(records.name(1))).to_have_attribute(
        PRESENT, "viewing", timeout=SOON
    )
    expect(board.card(records.name(1))).to_have_attribute(
        PRESENT, "viewing", timeout=SOON
    )
    # not on the page, only in a record of it
    expect(avatar(admin.page, demo.user.name)).to_have_count(0)
    demo.page.close()
    expect(view.row(records.name(1))).not_to_have_attribute(
        PRESENT, "viewing", timeout=FORGOTTEN
    )


def test_a_field_that_is_hidden_from_the_other(open_form, login):
    admin, form, id_ = open_form("admin")
    demo = login("demo")
    demo.open_form(id_)
    demo.wait_until_live()
    expect(avatar(demo.page, admin.user.name)).to_be_visible(timeout=SOON)
    form.input("secret_note").fill("nobody's business")
    person = avatar(demo.page, admin.user.name)
    expect(person).to_have_attribute("data-amanat-state", "editing", timeout=SOON)
    assert not demo.bus.has("secret_note")
    assert "secret_note" not in demo.page.content()


@ONE_SHAPE
def test_who_hides_is_not_seen(on_page, backend):
    admin, _view = on_page("admin")
    demo, _view = on_page("demo")
    expect(avatars(admin.page)).to_have_count(1, timeout=SOON)
    user = backend("demo")
    user.write(user.uid, model="res.users", amanat_realtime_hidden=True)
    try:
        expect(avatars(admin.page)).to_have_count(0, timeout=SOON)
        # and sees others as ever
        expect(avatar(demo.page, admin.user.name)).to_be_visible()
    finally:
        user.write(user.uid, model="res.users", amanat_realtime_hidden=False)


@ONE_SHAPE
def test_rights_that_are_taken_away_end_it(on_page, login, backend, records):
    id_ = records.make_one(user_id=backend("cashier").uid)
    cashier = login("cashier")
    cashier.open_form(id_)
    cashier.wait_until_live()
    admin = login("admin")
    admin.open_form(id_)
    expect(avatar(cashier.page, admin.user.name)).to_be_visible(timeout=SOON)
    backend("admin").write(id_, user_id=backend("demo").uid)
    # with the next heartbeat at the latest, which is never as late as forgetting
    expect(avatars(cashier.page)).to_have_count(0, timeout=19_000)
    expect(avatars(admin.page)).to_have_count(0, timeout=19_000)


@ONE_SHAPE
def test_may_i_edit(open_form, login, backend):
    admin, form, id_ = open_form("admin", quantity=1)
    demo = login("demo")
    theirs = demo.open_form(id_)
    demo.wait_until_live()
    theirs.input("quantity").fill("22")
    tag = field_tag(admin.page, "quantity")
    expect(tag).to_contain_text(demo.user.name, timeout=SOON)
    tag.hover()
    tag.get_by_role("button").click()
    question = demo.page.locator(".o_notification", has_text=admin.user.name)
    expect(question).to_contain_text("Quantity")
    question.get_by_role("button", name="Let them").click()
    # it is gone after some seconds
    expect(admin.toasts.filter(has_text="lets you edit")).to_contain_text(
        demo.user.name
    )
    expect(form.input("quantity")).to_have_value("22")
    expect(tag).to_have_count(0, timeout=SOON)
    assert backend("admin").read(id_, "quantity")["quantity"] == 22
    assert admin.errors() == demo.errors() == []


@ONE_SHAPE
def test_small_screens(on_page, login, records):
    _demo, _view = on_page("demo")
    phone = login("admin", viewport={"width": 375, "height": 667})
    phone.open_kanban(records.domain)
    shown = phone.page.locator(".o_control_panel .o_amanat_presence")
    expect(shown.first).to_be_visible(timeout=SOON)
    box = shown.first.bounding_box()
    assert 0 <= box["x"] and box["x"] + box["width"] <= 375
