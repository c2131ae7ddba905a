"""Promise: a tab ignores its own echo, but the same person's second tab is live."""

from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.pages import FLASH_CELL
from e2e.shapes import ONE_SHAPE

READ = f"{MODEL}.web_search_read"


def test_second_tab_of_one_person_is_live(login, backend, records):
    records.make(2, quantity=1)
    tag = f"Tag {records.key}"
    backend("demo").create({"name": tag}, model="amanat.test.realtime.tag")
    first, second = login("demo"), login("demo")
    view, other = first.open_list(records.domain), second.open_list(records.domain)
    expect(view.rows).to_have_count(2)
    expect(other.rows).to_have_count(2)
    first.wait_until_live()
    second.wait_until_live()
    first.forget()

    first.page.bring_to_front()
    view.cell(records.name(1), "quantity").click()
    field = first.page.locator("tr.o_selected_row td[name=quantity] input")
    field.fill("321")
    # of tags only the name of the field travels: a reader has to ask for them
    tags = first.page.locator("tr.o_selected_row td[name=tag_ids] input")
    tags.fill(tag)
    first.page.get_by_role("option", name=tag, exact=True).click()
    view.cell(records.name(2), "quantity").click()
    second.page.bring_to_front()
    expect(other.cell(records.name(1), "quantity")).to_have_text("321")
    expect(other.cell(records.name(1), "tag_ids")).to_contain_text(tag)
    second.settle()
    assert second.rpc.calls == [READ]

    first.page.bring_to_front()
    first.bus.wait_for('"tag_ids"')
    first.settle()
    assert first.flashes() == []
    assert READ not in first.rpc.calls
    expect(
        first.page.locator("tr.o_selected_row td[name=quantity] input")
    ).to_be_focused()


@ONE_SHAPE
def test_two_people_see_each_other(login, backend, records):
    records.make(2, quantity=1)
    admin, demo = login("admin"), login("demo")
    views = {c: c.open_list(records.domain) for c in (admin, demo)}
    for client in views:
        client.wait_until_live()
    for author, reader, value in ((admin, demo, "51"), (demo, admin, "52")):
        author.page.bring_to_front()
        views[author].cell(records.name(1), "quantity").click()
        field = author.page.locator("tr.o_selected_row td[name=quantity] input")
        field.fill(value)
        field.press("Enter")
        expect(views[reader].cell(records.name(1), "quantity")).to_have_text(value)
        reader.settle()
        [flash] = reader.flashes(FLASH_CELL)
        assert flash["hue"] == reader.hue(author.user)
        author.page.keyboard.press("Escape")
        for client in views:
            client.forget()
