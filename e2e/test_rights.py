"""Promise: nobody learns from a live view what they could not read by asking."""

import json

from playwright.sync_api import expect

from e2e.odoo_client import MODEL


def test_record_enters_with_the_right_to_see_it(login, backend, records):
    id_ = records.make_one(user_id=backend("demo").uid, description="before")
    cashier = login("cashier")
    view = cashier.open_list(records.domain)
    cashier.wait_until_live()
    expect(view.rows).to_have_count(0)
    admin = backend("admin")
    admin.write(id_, user_id=cashier.user.uid)
    expect(view.row(records.name(1))).to_be_visible()
    [message] = cashier.bus.messages(MODEL)
    assert message["enter"] == [id_]
    assert "update" not in message

    cashier.settle()
    cashier.forget()
    admin.write(id_, user_id=backend("demo").uid, quantity=31337)
    expect(view.rows).to_have_count(0)
    [message] = cashier.bus.messages(MODEL)
    assert message["leave"] == [id_]
    assert not cashier.bus.has("31337")


def test_form_says_that_the_record_is_out_of_reach(login, backend, records):
    cashier_id = backend("cashier").uid
    id_ = records.make_one(user_id=cashier_id)
    cashier = login("cashier")
    form = cashier.open_form(id_)
    cashier.wait_until_live()
    backend("admin").write(id_, user_id=backend("demo").uid)
    expect(form.gone_banner).to_be_visible()
    expect(form.gone_banner).to_contain_text("access")


def test_nothing_is_said_about_hidden_records(login, backend, records):
    admin = backend("admin")
    mine = records.make_one(user_id=backend("cashier").uid, quantity=0)
    cashier = login("cashier")
    view = cashier.open_list(records.domain)
    expect(view.rows).to_have_count(1)
    cashier.wait_until_live()
    hidden = records.make(3, user_id=backend("demo").uid)
    admin.write(hidden, quantity=424242)
    admin.write(hidden[0], state="done", name=f"{records.key} hidden name")
    admin.unlink(hidden[0])
    # what comes after them has come
    admin.write([*hidden[1:], mine], quantity=7)
    expect(view.cell(records.name(1), "quantity")).to_have_text("7")
    cashier.settle()
    [message] = cashier.bus.messages(MODEL)
    assert message["update"] == [{"ids": [mine], "diff": {"quantity": [0, 7]}}]
    for notification in cashier.bus.notifications():
        payload = notification["message"]["payload"]
        assert not set(hidden) & _numbers(payload)
    for text in ("424242", "hidden name"):
        assert not cashier.bus.has(text)
    # nor did the tab have to ask
    assert cashier.rpc.calls == []


def test_field_for_administrators_reaches_nobody_else(login, backend, records):
    id_ = records.make_one(secret_note="old secret", quantity=0)
    demo = login("demo")
    view = demo.open_list(records.domain)
    demo.wait_until_live()
    admin = backend("admin")
    admin.write(id_, secret_note="new secret")
    admin.write(id_, secret_note="newest secret", quantity=5)
    expect(view.cell(records.name(1), "quantity")).to_have_text("5")
    demo.settle()
    for text in ("secret_note", "old secret", "new secret", "newest secret"):
        assert not demo.bus.has(text)
    [message] = demo.bus.messages(MODEL)
    assert message["update"] == [{"ids": [id_], "diff": {"quantity": [0, 5]}}]


def test_rights_taken_away_count_at_once(login, backend, records):
    """The process that holds the websockets is not the one where they are taken."""
    ids = records.make(2, quantity=0)
    demo = login("demo")
    view = demo.open_list(records.domain)
    demo.wait_until_live()
    admin = backend("admin")
    [model_id] = admin.call("ir.model", "search", [["model", "=", MODEL]])
    hiding = f"[('id', '!=', {ids[0]})] if user.login == 'demo' else [(1, '=', 1)]"
    rule = {"name": records.key, "model_id": model_id, "domain_force": hiding}
    rule_ids = admin.create(rule, model="ir.rule")
    try:
        admin.write(ids[0], quantity=424242)
        admin.write(ids[1], quantity=7)
        expect(view.cell(records.name(2), "quantity")).to_have_text("7")
        demo.settle()
        assert not demo.bus.has("424242")
    finally:
        admin.unlink(rule_ids, model="ir.rule")


def test_administrators_see_it_live(login, backend, records):
    id_ = records.make_one(secret_note="old secret")
    client = login("admin")
    form = client.open_form(id_)
    client.wait_until_live()
    backend("admin").write(id_, secret_note="new secret")
    expect(form.input("secret_note")).to_have_value("new secret")


def _numbers(value) -> set:
    found = set()

    def note(token):
        found.add(int(token))
        return token

    json.loads(json.dumps(value), parse_int=note)
    return found
