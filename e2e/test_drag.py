"""Promise: two people drag on one board. What one moves glides to its place on the
screen of the other, and no drag is disturbed by what comes meanwhile.
"""

import pytest
from playwright.sync_api import expect

from e2e.conflicts import ConflictDialog
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

GLIDING = "o_amanat_gliding"


@pytest.fixture
def open_view(login, records):
    """Open a board or list of the records of this test, in a tab that is live."""

    def make(user, view="kanban"):
        client = login(user)
        opened = getattr(client, f"open_{view}")(records.domain)
        shown = opened.page.locator(".o_kanban_record, .o_data_row")
        expect(shown.filter(has_text=records.key).first).to_be_visible()
        client.wait_until_live()
        return opened

    return make


@pytest.fixture
def holding_updates(people):
    """``holding_updates("demo")``: a person who wants rows to stay under the mouse."""
    asked = []

    def ask(user):
        client = people.backend(user)
        client.write(client.uid, model="res.users", amanat_realtime_hold=True)
        asked.append(client)

    yield ask
    for client in asked:
        client.write(client.uid, model="res.users", amanat_realtime_hold=False)


class Hand:
    """A mouse that carries something for as long as the test wants."""

    def __init__(self, view):
        self.page = view.page

    def take(self, what):
        what.hover()
        self.page.mouse.down()
        return self

    def carry_to(self, target, dy=0.5):
        """:param float dy: which part of the target, from its top"""
        box = target.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * dy
        self.page.mouse.move(x - 8, y - 8, steps=6)
        self.page.mouse.move(x, y, steps=6)
        expect(self.page.locator(".o_dragged")).to_have_count(1)
        return self

    def put_down(self):
        self.page.mouse.up()


def names_in(view, column, records):
    texts = view.column(column).locator(".o_kanban_record").all_inner_texts()
    return [text.split("\n")[0].removeprefix(records.key).strip() for text in texts]


def glided(client, text):
    """Did something with this text glide since the logs were begun?"""
    return any(text in f["text"] for f in client.flashes(GLIDING))


def test_card_glides_to_its_place_at_the_other_person(open_view, records):
    records.make(3, state="draft")
    records.make(2, state="done")
    mine, theirs = open_view("admin"), open_view("demo")
    theirs.client.forget()
    card = mine.card(records.name(1))
    Hand(mine).take(card).carry_to(mine.card_in("Done", records.name(5))).put_down()
    for view in (mine, theirs):
        # it comes with its new column, and then with its place
        order = [records.name(4), records.name(1), records.name(5)]
        cards = view.column("Done").locator(".o_kanban_record")
        expect(cards).to_contain_text(order)
        view.client.settle()
        assert names_in(view, "Draft", records) == ["002", "003"]
        assert names_in(view, "Done", records) == ["004", "001", "005"]
    assert glided(theirs.client, records.name(1))
    assert not glided(mine.client, records.name(1)), "one's own drag needs no glide"
    assert theirs.client.errors() == mine.client.errors() == []


def test_order_in_a_column(open_view, records):
    records.make(4, state="draft")
    mine, theirs = open_view("admin"), open_view("demo")
    theirs.client.forget()
    hand = Hand(mine).take(mine.card(records.name(4)))
    hand.carry_to(mine.card(records.name(2))).put_down()
    moved = theirs.column("Draft").locator(".o_kanban_record").nth(1)
    expect(moved).to_contain_text(records.name(4))
    theirs.client.settle()
    for view in (mine, theirs):
        assert names_in(view, "Draft", records) == ["001", "004", "002", "003"]
    assert glided(theirs.client, records.name(4))


def test_drag_is_not_disturbed(open_view, records, backend):
    ids = records.make(4, state="draft") + records.make(3, state="done")
    view = open_view("admin")
    demo = backend("demo")
    hand = Hand(view).take(view.card(records.name(1)))
    hand.carry_to(view.card_in("Done", records.name(6)))
    demo.write(ids[1], amount=777.25)
    expect(view.card(records.name(2))).to_contain_text("777.25")
    demo.write(ids[2], state="done")
    demo.unlink(ids[4])
    demo.create({"name": records.name(8), "state": "done", "sequence": 99})
    gone = view.page.locator(".o_kanban_record.o_amanat_gone")
    expect(gone).to_contain_text(records.name(5))
    expect(view.card_in("Draft", records.name(3))).to_be_visible()
    expect(view.card(records.name(8))).to_have_count(0)
    hand.put_down()
    expect(view.card_in("Done", records.name(1))).to_be_visible()
    expect(view.card_in("Done", records.name(8))).to_be_visible()
    expect(view.card(records.name(5))).to_have_count(0)
    view.client.settle()
    assert names_in(view, "Draft", records) == ["002", "004"]
    # after the fifth, which is gone; the third belongs before it
    assert names_in(view, "Done", records) == ["001", "003", "006", "007", "008"]
    assert view.client.errors() == []


def test_deleted_while_dragged(open_view, records, backend):
    ids = records.make(3, state="draft")
    view = open_view("admin")
    hand = Hand(view).take(view.card(records.name(1)))
    hand.carry_to(view.column("Done"))
    demo = backend("demo")
    demo.unlink(ids[0])
    view.client.bus.wait_for(f'"unlink":[{ids[0]}]')
    hand.put_down()
    told = view.client.toasts.filter(has_text="could not be moved")
    expect(told).to_contain_text(demo.name)
    expect(view.card(records.name(1))).to_have_count(0)
    view.client.settle()
    assert names_in(view, "Draft", records) == ["002", "003"]
    assert view.client.errors() == []


@pytest.mark.parametrize(
    ("answer", "column"), [("mine", "Done"), ("theirs", "In Progress")]
)
def test_both_drag_one_card(open_view, records, answer, column):
    records.make(2, state="draft")
    mine, theirs = open_view("admin"), open_view("demo")
    hand = Hand(mine).take(mine.card(records.name(1)))
    hand.carry_to(mine.column("Done"))
    other = Hand(theirs).take(theirs.card(records.name(1)))
    other.carry_to(theirs.column("In Progress")).put_down()
    mine.client.bus.wait_for("in_progress")
    hand.put_down()
    dialog = ConflictDialog(mine.page)
    # mine was made from what was on the screen when the drag began
    dialog.expect_values("Draft", "Done", "In Progress")
    dialog.answer(answer)
    for view in (mine, theirs):
        expect(view.card_in(column, records.name(1))).to_be_visible()
        expect(view.card(records.name(1))).to_have_count(1)


def test_rows_by_their_handle(open_view, records, backend):
    ids = records.make(5)
    mine, theirs = open_view("admin", "list"), open_view("demo", "list")
    theirs.client.forget()
    hand = Hand(mine).take(mine.row(records.name(1)).locator(".o_row_handle"))
    hand.carry_to(mine.row(records.name(3)))
    backend("demo").unlink(ids[1])
    mine.client.bus.wait_for(f'"unlink":[{ids[1]}]')
    expect(mine.row(records.name(2))).to_be_visible()
    hand.put_down()
    for view in (mine, theirs):
        expect(view.rows.nth(1)).to_contain_text(records.name(1))
        view.client.settle()
        shown = [text[-3:] for text in view.cells("name").all_inner_texts()]
        assert shown == ["003", "001", "004", "005"]
    assert glided(theirs.client, records.name(1))


def test_rows_stay_under_the_mouse(open_view, records, backend, holding_updates):
    ids = records.make(5)
    holding_updates("admin")
    view = open_view("admin", "list")
    demo = backend("demo")
    view.row(records.name(2)).hover()
    demo.write(ids[4], sequence=0)
    demo.write(ids[2], quantity=77)
    demo.unlink(ids[3])
    expect(view.cell(records.name(3), "quantity")).to_have_text("77")
    pill = view.page.locator(".o_amanat_held_updates button")
    expect(pill).to_have_text("2 updates")
    shown = [text[-3:] for text in view.cells("name").all_inner_texts()]
    assert shown == ["001", "002", "003", "004", "005"]
    pill.click()
    expect(pill).to_have_count(0)
    expect(view.rows.nth(0)).to_contain_text(records.name(5))
    view.row(records.name(2)).hover()
    demo.write(ids[4], sequence=50)
    expect(pill).to_have_text("1 update")
    view.page.mouse.move(5, 5)
    expect(view.rows.nth(3)).to_contain_text(records.name(5))
    expect(pill).to_have_count(0)
    view.client.settle()
    assert view.client.errors() == []
