"""Promise: an administrator makes any model live, or not, while others work: their open
views follow or stop to, in all workers and without a reload.
"""

import uuid

import pytest
from playwright.sync_api import expect

from e2e.activation import Activation
from e2e.conflicts import ConflictDialog, Mark, infos
from e2e.shapes import ONE_SHAPE

PARTNER = "res.partner"
CONTACTS = "contacts.action_contacts"
# so many requests reach each worker
MANY = 8


@pytest.fixture
def activation(backend):
    switches = Activation(backend("admin"))
    yield switches
    switches.restore()


@pytest.fixture
def partners(backend):
    """Two contacts of this test: their ids, and the domain that shows them."""
    admin, key = backend("admin"), f"e2e{uuid.uuid4().hex[:10]}"
    vals = [{"name": f"{key} {number}", "email": "start@x.test"} for number in (1, 2)]
    ids = admin.create(*vals, model=PARTNER)
    yield ids, [["id", "in", ids]]
    admin.unlink(ids, model=PARTNER)


def open_list(client, domain):
    view = client.open_list(domain, action=CONTACTS)
    expect(view.rows).to_have_count(2)
    return view


def write_often(backend, id_, view):
    """Change a contact in all workers; the list must show each change."""
    for number in range(MANY):
        email = f"{number}-{uuid.uuid4().hex[:6]}@x.test"
        backend("admin").write(id_, model=PARTNER, email=email)
        expect(view.cells("email").first).to_have_text(email)


def test_switched_while_a_list_is_open(login, backend, activation, partners):
    ids, domain = partners
    demo = login("demo", "/odoo/action-contacts.action_contacts")
    view = open_list(demo, domain)
    demo.wait_until_model_is(False, PARTNER)
    shown = view.cells("email").first
    backend("admin").write(ids[0], model=PARTNER, email="missed@x.test")

    activation.set_live(PARTNER)
    # what was missed until then, and what comes
    expect(shown).to_have_text("missed@x.test")
    demo.wait_until_model_is(True, PARTNER)
    write_often(backend, ids[0], view)

    activation.set_live(PARTNER, False)
    demo.wait_until_model_is(False, PARTNER)
    before = shown.inner_text()
    demo.forget()
    for _attempt in range(MANY):
        backend("admin").write(ids[0], model=PARTNER, email="not@told.test")
        backend("admin").write(ids[0], model=PARTNER, email="never@told.test")
    # had these been told, they would be here before what is told after them
    activation.set_live("res.country")
    demo.bus.wait_for("amanat_realtime/settings")
    demo.settle()
    assert not demo.bus.messages(PARTNER)
    expect(shown).to_have_text(before)

    activation.set_live(PARTNER)
    expect(shown).to_have_text("never@told.test")
    write_often(backend, ids[0], view)
    demo.require_no_error()
    assert demo.errors() == []


def test_view_opened_after_it(login, backend, activation, partners):
    ids, domain = partners
    activation.set_live(PARTNER)
    demo = login("demo", "/odoo/action-contacts.action_contacts")
    view = open_list(demo, domain)
    write_often(backend, ids[0], view)
    assert demo.errors() == []


def test_two_people_in_one_contact(login, backend, activation, partners):
    ids, domain = partners
    activation.set_live(PARTNER)
    admin, demo = (login(name) for name in ("admin", "demo"))
    form = admin.open_form(ids[0], action=CONTACTS)
    view = open_list(demo, domain)
    write_often(backend, ids[0], view)
    email = form.input("email")
    expect(email).to_have_value(view.cells("email").first.inner_text())

    email.fill("mine@x.test")
    backend("demo").write(ids[0], model=PARTNER, email="theirs@x.test")
    mark = Mark(form.field("email"))
    expect(mark.text).to_contain_text("theirs@x.test")
    expect(email).to_have_value("mine@x.test")
    form.save_button.click()
    dialog = ConflictDialog(admin.page)
    expect(dialog.text("theirs")).to_have_text("theirs@x.test")
    dialog.answer("mine")
    expect(view.cells("email").first).to_have_text("mine@x.test")
    for client in (admin, demo):
        client.require_no_error()
        assert client.errors() == []


@ONE_SHAPE
def test_without_conflict_guard_and_notices(login, backend, activation, partners):
    ids, _domain = partners
    activation.set_live(PARTNER, conflicts=False, toasts=False)
    admin = login("admin")
    form = admin.open_form(ids[0], action=CONTACTS)
    website = form.input("website")
    # nobody types: a notice would not wait
    backend("demo").write(ids[0], model=PARTNER, website="http://first.test")
    expect(website).to_have_value("http://first.test")
    admin.settle()
    expect(infos(admin.page)).to_have_count(0)
    form.input("email").fill("mine@x.test")
    # the other field tells when the message is there
    both = {"email": "theirs@x.test", "website": "http://theirs.test"}
    backend("demo").write(ids[0], model=PARTNER, **both)
    expect(website).to_have_value("http://theirs.test")
    admin.settle()
    expect(Mark(form.field("email")).root).to_have_count(0)
    expect(infos(admin.page)).to_have_count(0)
    form.save_button.click()
    expect(form.clean_status).to_have_count(1)
    read = backend("admin").read(ids[0], "email", model=PARTNER)
    assert read["email"] == "mine@x.test"
    assert admin.errors() == []


def test_everything_off_and_on_again(login, backend, activation, records):
    [id_] = records.make(1, quantity=1)
    demo = login("demo")
    view = demo.open_list(records.domain)
    demo.wait_until_live()
    shown = view.cells("quantity").first
    badge = demo.page.locator(".o_amanat_connection")
    expect(badge).to_be_visible()

    activation.set_enabled(False)
    demo.wait_until_model_is(False, "amanat.test.realtime")
    expect(badge).to_have_count(0)
    for quantity in range(2, 2 + MANY):
        backend("admin").write(id_, quantity=quantity)
    assert not demo.bus.messages()
    expect(shown).to_have_text("1")

    activation.set_enabled(True)
    expect(shown).to_have_text(str(1 + MANY))
    expect(badge).to_be_visible()
    demo.wait_until_live()
    backend("admin").write(id_, quantity=77)
    expect(shown).to_have_text("77")
    demo.require_no_error()
    assert demo.errors() == []


# model, action, a text field, and the tab of the form that it is in
BUSINESS = {
    "sale order": (
        "sale.order",
        "sale.action_quotations_with_onboarding",
        "client_order_ref",
        "other_information",
    ),
    "task": ("project.task", "project.action_view_all_task", "name", None),
    "lead": ("crm.lead", "crm.crm_lead_all_leads", "name", None),
    "invoice": (
        "account.move",
        "account.action_move_out_invoice_type",
        "ref",
        "other_info",
    ),
}


@ONE_SHAPE
@pytest.mark.parametrize("kind", BUSINESS)
def test_business_models(login, backend, activation, kind):
    model, action, field, tab = BUSINESS[kind]
    admin = backend("admin")
    activation.set_live(model)
    id_ = _make(admin, model)
    client = login("admin")
    form = client.open_form(id_, action=action, view_id=False)
    if tab:
        form.page.locator(f".nav-link[name={tab}]").click()
    shown = form.input(field)
    key = uuid.uuid4().hex[:8]
    for number in range(3):
        admin.write(id_, model=model, **{field: f"{key} {number}"})
        expect(shown).to_have_value(f"{key} {number}")
    # what the person saves goes the way of the guard
    shown.fill(f"{key} mine")
    admin.write(id_, model=model, **{field: f"{key} theirs"})
    expect(Mark(form.field(field).first).text).to_contain_text(f"{key} theirs")
    form.save_button.click()
    ConflictDialog(client.page).answer("mine")
    expect(form.clean_status).to_have_count(1)
    assert admin.read(id_, field, model=model)[field] == f"{key} mine"
    client.require_no_error()
    assert client.errors() == []


def _make(admin, model):
    [partner] = admin.create({"name": f"e2e {uuid.uuid4().hex[:8]}"}, model=PARTNER)
    vals = {
        "sale.order": {"partner_id": partner},
        "project.task": {"name": "e2e", "user_ids": [[4, admin.uid]]},
        "crm.lead": {"name": "e2e", "type": "opportunity"},
        "account.move": {"partner_id": partner, "move_type": "out_invoice"},
    }
    [id_] = admin.create(vals[model], model=model)
    return id_
