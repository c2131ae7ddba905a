"""Promise: somebody asks for a task, approvers see it at once, and both follow it to
its end; nobody approves who may not.
"""

import uuid

import pytest
from playwright.sync_api import expect

from e2e.odoo_client import OdooError
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

TASK = "amanat.task"
STEPS = ["Check customer data", "Register vehicle", "Collect the fee"]


@pytest.fixture
def subject(backend):
    name = f"A van {uuid.uuid4().hex[:8]}"
    yield name
    admin = backend("admin")
    ids = admin.call(TASK, "search", [["name", "=", name]])
    pending = [
        i for i in ids if admin.read(i, "state", model=TASK)["state"] == "pending"
    ]
    admin.unlink(pending, model=TASK)


def row(client, subject):
    return client.page.locator("tr.o_data_row").filter(has_text=subject)


def ask(client, subject):
    """Fill in the form of a new task, as a person does."""
    page = client.page
    page.locator(".o_list_button_add, .o-kanban-button-new").first.click()
    page.locator(".o_form_view .o_field_widget[name=name] input").fill(subject)
    page.locator(".o_form_button_save").click()


def status(client):
    return client.page.locator(".o_statusbar_status .o_arrow_button_current")


def test_from_the_request_to_the_last_step(login, subject):
    demo = login("demo", "/odoo/approvals")
    cashier = login("cashier", "/odoo/approvals")
    ask(cashier, subject)

    # it is gone after some seconds
    toast = demo.toasts.filter(has_text=subject)
    expect(toast).to_contain_text("New task to approve")
    expect(cashier.page.locator(".o_form_view .o_form_saved")).to_be_attached()
    expect(row(demo, subject)).to_be_visible()
    expect(cashier.page.get_by_role("button", name="Approve")).to_have_count(0)
    row(demo, subject).get_by_role("button", name="Approve").click()

    expect(status(cashier)).to_have_text("In progress")
    complete = cashier.page.get_by_role("button", name="Complete")
    expect(complete).to_have_count(4)
    for left in (3, 2, 1, 0):
        complete.first.click()
        expect(complete).to_have_count(left)
        percent = row(demo, subject).locator(".o_progressbar_value")
        expect(percent).to_contain_text(str(25 * (4 - left)))
    expect(status(cashier)).to_have_text("Done")
    expect(row(demo, subject)).to_contain_text("Done")
    assert demo.errors() == []
    assert cashier.errors() == []


def test_two_approvers_decide_at_once(login, backend, subject):
    demo = login("demo", "/odoo/approvals")
    [task] = backend("cashier").create({"name": subject}, model=TASK)
    expect(row(demo, subject)).to_be_visible()
    backend("admin").call(TASK, "action_refuse", [task])
    expect(row(demo, subject)).to_contain_text("Refused")
    expect(row(demo, subject).get_by_role("button", name="Approve")).to_have_count(0)
    with pytest.raises(OdooError, match="decided by"):
        backend("demo").call(TASK, "action_approve", [task])


def test_nobody_approves_who_may_not(backend, subject):
    cashier = backend("cashier")
    [task] = cashier.create({"name": subject}, model=TASK)
    attempts = [
        ("action_approve", [task], {}),
        ("write", [task], {"vals": {"state": "approved"}}),
        ("web_save", [task], {"vals": {"state": "done"}, "specification": {}}),
    ]
    for method, ids, arguments in attempts:
        with pytest.raises(OdooError):
            cashier.call(TASK, method, ids, **arguments)
    with pytest.raises(OdooError):
        cashier.create({"name": subject, "state": "approved"}, model=TASK)
    assert cashier.read(task, "state", model=TASK)["state"] == "pending"
