"""Promise: who was cut off sees what they missed, without loading the page again."""

from playwright.sync_api import expect

from e2e import database


def test_missed_change_is_shown_after_a_restart(login, people, records):
    ids = records.make(2, quantity=1)
    client = login("admin")
    view = client.open_list(records.domain)
    expect(view.rows).to_have_count(2)
    client.wait_until_live()
    row = view.row(records.name(1)).element_handle()
    people.odoo.stop_odoo()
    # no message tells of this: the tab has to look by itself
    with database.cursor(people.odoo) as cursor:
        cursor.execute(
            "UPDATE amanat_test_realtime SET quantity = 777 WHERE id = %s", ids[:1]
        )
    people.odoo.start()
    cell = view.cell(records.name(1), "quantity")
    expect(cell).to_have_text("777", timeout=60_000)
    assert row.evaluate("row => row.isConnected"), "the page was loaded again"
    # and goes on, whether it polls still or is live again
    people.backend("demo").write(ids[1], quantity=888)
    expect(view.cell(records.name(2), "quantity")).to_have_text("888", timeout=30_000)
