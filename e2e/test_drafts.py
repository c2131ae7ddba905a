"""Promise: what a closing tab cannot save without overwriting somebody is kept for the
person alone, and offered to them when they come back.
"""

import time

import pytest
from playwright.sync_api import expect

from e2e.browser import LOST_BEACONS
from e2e.conflicts import ConflictDialog
from e2e.odoo_client import MODEL, OdooError
from e2e.pages import FormView
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

DRAFT = "amanat.realtime.draft"
BANNER = ".o_amanat_draft_banner"
OFFER = ".o_amanat_draft_offer"
#: a tab that is closing does not wait for its beacon
PATIENCE = 10


@pytest.fixture
def owner(backend):
    """The person whose work is kept; no drafts of theirs are left over."""
    demo = backend("demo")
    yield demo
    demo.unlink(demo.call(DRAFT, "search", []), model=DRAFT)


@pytest.fixture
def other(backend):
    return backend("aisha")


@pytest.fixture
def leave_behind(slow_login, records, owner, other):
    """Change two fields in a form, and close the tab, when somebody else has saved one
    of them; return the ids of the record and of the draft.
    """

    def change(id_, hears):
        other.write(id_, quantity=1, amount=1)
        client, bus = slow_login("demo")
        form = client.open_form(id_)
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        if not hears:
            bus.hold()
        form.input("amount").fill("30")
        # still being typed when the tab is closed
        form.input("quantity").fill("7")
        other.write(id_, quantity=5)
        if hears:
            expect(form.field("quantity").get_by_role("alert")).to_contain_text("5")
        return client

    def make(hears: bool = True):
        id_ = records.make_one(user_id=owner.uid)
        [draft] = close_until(lambda: change(id_, hears), lambda: drafts_of(owner, id_))
        return id_, draft

    return make


def close_until(change, outcome):
    """Close a tab as a person does, so that the page is told of it, and wait for what
    comes of its beacon; do it again if Chromium loses that, as it does now and then.

    :param change: opens a tab, changes something in it, and returns it
    :param outcome: returns nothing as long as the beacon has not come
    :return: the outcome
    """
    for _attempt in range(LOST_BEACONS):
        client = change()
        with client.page.expect_event("close"):
            client.page.close(run_before_unload=True)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := outcome():
                return found
            time.sleep(0.1)
    raise AssertionError("no beacon has ever come")


def drafts_of(owner, id_):
    return owner.call(DRAFT, "search", [["res_id", "=", id_]])


def expect_deletion(client):
    """The page does not wait for it to show what comes next."""
    return client.page.expect_response(f"**/{DRAFT}/unlink")


def stored(client, id_):
    values = client.read(id_, "quantity", "amount")
    return values["quantity"], values["amount"]


@pytest.mark.parametrize("hears", [True, False], ids=["live", "stale"])
def test_kept_offered_and_used(leave_behind, login, owner, hears):
    id_, _draft = leave_behind(hears)
    assert stored(owner, id_) == (5, 30)

    client = login("demo")
    form = client.open_form(id_)
    banner = form.page.locator(BANNER)
    expect(banner).to_contain_text("not saved")
    expect(banner).to_contain_text("Aisha Karimova")
    expect(form.input("quantity")).to_have_value("5")
    banner.get_by_role("button", name="Review").click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("1", "7", "5")
    dialog.answer("mine")
    expect(form.input("quantity")).to_have_value("7")
    assert stored(owner, id_) == (5, 30)
    with expect_deletion(client):
        form.save_button.click()
    expect(form.clean_status).to_have_count(1)
    assert stored(owner, id_) == (7, 30)
    expect(banner).to_have_count(0)
    assert owner.call(DRAFT, "search_count", []) == 0
    assert client.errors() == []
    # nor is it offered to those who come later
    client.goto()
    form = client.open_form(id_)
    expect(form.input("quantity")).to_have_value("7")
    client.settle()
    expect(banner).to_have_count(0)


def test_discarded(leave_behind, login, owner):
    id_, _draft = leave_behind()
    client = login("demo")
    form = client.open_form(id_)
    banner = form.page.locator(BANNER)
    with expect_deletion(client):
        banner.get_by_role("button", name="Discard these changes").click()
    expect(banner).to_have_count(0)
    assert owner.call(DRAFT, "search_count", []) == 0
    assert stored(owner, id_) == (5, 30)


def test_nobody_else_learns_of_it(leave_behind, backend, login):
    id_, draft = leave_behind()
    for user in (backend("aisha"), backend("admin")):
        assert user.call(DRAFT, "search_count", []) == 0
        assert user.call(DRAFT, "get_drafts", MODEL, id_) == []
        with pytest.raises(OdooError):
            user.read(draft, "mine", model=DRAFT)
        with pytest.raises(OdooError):
            user.unlink(draft, model=DRAFT)
    client = login("admin")
    form = client.open_form(id_)
    expect(form.input("quantity")).to_have_value("5")
    client.settle()
    expect(form.page.locator(BANNER)).to_have_count(0)
    assert backend("demo").call(DRAFT, "search", []) == [draft]


def test_row_of_a_list(slow_login, login, records, owner, other):
    ids = records.make(2, user_id=owner.uid)

    def change():
        other.write(ids[0], quantity=1)
        client, bus = slow_login("demo")
        view = client.open_list(records.domain)
        expect(view.rows).to_have_count(2)
        client.wait_until_live()
        bus.hold()
        other.write(ids[0], quantity=5)
        view.cell(records.name(1), "quantity").click()
        view.page.locator("tr.o_selected_row td[name=quantity] input").fill("7")
        return client

    close_until(change, lambda: drafts_of(owner, ids[0]))
    assert owner.read(ids[0], "quantity")["quantity"] == 5

    client = login("demo")
    client.open_list(records.domain)
    offer = client.page.locator(OFFER)
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Review").click()
    dialog = ConflictDialog(client.page)
    dialog.expect_values("1", "7", "5")
    dialog.answer("mine")
    form = FormView(client)
    expect(form.input("quantity")).to_have_value("7")
    with expect_deletion(client):
        form.save_button.click()
    expect(form.clean_status).to_have_count(1)
    assert owner.read(ids[0], "quantity")["quantity"] == 7
    assert owner.call(DRAFT, "search_count", []) == 0


def test_nothing_is_kept_without_a_conflict(slow_login, records, owner):
    id_ = records.make_one(quantity=1, amount=1, user_id=owner.uid)

    def change():
        client, _bus = slow_login("demo")
        form = client.open_form(id_)
        expect(form.input("name")).to_have_value(records.name(1))
        client.wait_until_live()
        form.input("amount").fill("30")
        form.input("quantity").fill("7")
        return client

    close_until(change, lambda: stored(owner, id_) == (7, 30))
    assert owner.call(DRAFT, "search_count", []) == 0
