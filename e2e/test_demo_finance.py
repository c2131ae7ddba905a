"""Promise: when an order is paid, whoever looks at the money sees the balances."""

import uuid

import pytest
from playwright.sync_api import expect

from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

MONEY = "amanat.money"
ORDER = "amanat.order"


@pytest.fixture
def desk(backend):
    """A container with 1,000 in it, of this test alone."""
    admin = backend("admin")
    name = f"Desk {uuid.uuid4().hex[:8]}"
    [desk] = admin.create({"name": name, "opening_balance": 1000}, model=MONEY)
    yield desk, name
    admin.write(desk, model=MONEY, active=False)


def test_balances_follow_the_orders(login, backend, desk):
    container, name = desk
    cashier = backend("cashier")
    [partner] = cashier.call(
        "res.partner", "search", [["is_company", "=", True]], limit=1
    )
    demo = login("demo", "/odoo/money")
    card = demo.page.locator(".o_kanban_record").filter(has_text=name)
    expect(card.locator("[name=balance]")).to_contain_text("1,000.00")

    worker = login("cashier", "/odoo/money-orders")
    [order] = cashier.create(
        {"partner_id": partner, "source_id": container, "amount": 300}, model=ORDER
    )
    reference = cashier.read(order, "name", model=ORDER)["name"]
    worker.page.locator("tr.o_data_row").filter(has_text=reference).locator(
        "td[name=name]"
    ).click()
    button = worker.page.locator(".o_statusbar_buttons button:visible")
    button.filter(has_text="Confirm").click()
    expect(card.locator("[name=available]")).to_contain_text("700.00")
    expect(card.locator("[name=balance]")).to_contain_text("1,000.00")
    button.filter(has_text="Pay").click()
    expect(card.locator("[name=balance]")).to_contain_text("700.00")
    assert demo.errors() == []
    assert worker.errors() == []


def test_too_little_money(login, backend, desk):
    container, name = desk
    cashier = backend("cashier")
    [partner] = cashier.call(
        "res.partner", "search", [["is_company", "=", True]], limit=1
    )
    [order] = cashier.create(
        {"partner_id": partner, "source_id": container, "amount": 1001}, model=ORDER
    )
    cashier.call(ORDER, "action_confirm", [order])
    worker = login("cashier", f"/odoo/money-orders/{order}")
    worker.page.locator(".o_statusbar_buttons button:visible", has_text="Pay").click()
    dialog = worker.page.locator(".modal")
    expect(dialog).to_contain_text(f"{name} has")
    expect(dialog).to_contain_text("too little")
    assert backend("admin").read(container, "balance", model=MONEY)["balance"] == 1000
