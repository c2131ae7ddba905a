"""Promise: an open board shows what others save: cards change, move, come and go."""

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE


@pytest.fixture
def open_kanban(login, records):
    """Make records and open the board of them in a tab that is live."""

    def make(count: int, user: str = "admin", **vals):
        ids = records.make(count, **vals)
        client = login(user)
        view = client.open_kanban(records.domain)
        expect(view.card(records.key)).to_have_count(count)
        client.wait_until_live()
        return client, view, ids

    return make


def test_card_changes_in_place(open_kanban, backend, records):
    client, view, ids = open_kanban(2, amount=1)
    demo = backend("demo")
    card = view.card(records.name(1))
    element = card.element_handle()
    demo.write(ids[0], amount=4321.5)
    expect(card).to_contain_text("4,321.50")
    client.settle()
    assert element.evaluate("card => card.isConnected"), "the card was made anew"
    flashed = [f for f in client.flashes() if f["hue"] == client.hue(demo)]
    assert flashed


def test_card_moves_to_another_column(open_kanban, backend, records):
    client, view, ids = open_kanban(2, state="draft")
    backend("demo").write(ids[0], state="done")
    expect(view.card_in("Done", records.name(1))).to_be_visible()
    expect(view.card_in("Draft", records.name(1))).to_have_count(0)
    expect(view.card_in("Draft", records.name(2))).to_be_visible()
    client.settle()
    assert client.errors() == []


def test_card_comes_and_goes(open_kanban, backend, records):
    client, view, ids = open_kanban(1, state="draft")
    records.make_one(state="in_progress")
    expect(view.card_in("In Progress", records.name(2))).to_be_visible()
    backend("demo").unlink(ids)
    expect(view.card(records.name(1))).to_have_count(0)
    client.settle()
    assert client.errors() == []


@ONE_SHAPE
def test_folded_column_stays_folded(open_kanban, backend, records):
    client, view, ids = open_kanban(2, state="draft")
    view.fold("Done")
    folded = view.page.locator(".o_kanban_group.o_column_folded")
    expect(folded).to_have_count(1)
    backend("demo").write(ids[0], state="done")
    expect(view.card(records.name(1))).to_have_count(0)
    client.settle()
    expect(folded).to_have_count(1)
    expect(folded).to_contain_text("Done")
    assert client.errors() == []


@ONE_SHAPE
def test_fifty_cards_at_once(open_kanban, backend, records):
    client, view, ids = open_kanban(50, state="draft")
    backend("demo").write(ids, amount=12.25)
    expect(view.card("12.25")).to_have_count(50)
    client.settle()
    assert len(client.bus.messages(MODEL)) == 1
