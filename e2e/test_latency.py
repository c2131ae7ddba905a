"""Promise: every change arrives, in order; benchmarks/latency.py says how fast."""

from playwright.sync_api import expect

from e2e import measure


def test_hundred_changes_are_all_shown_in_order(login, people, records):
    id_ = records.make_one(quantity=0)
    client = login("admin")
    view = client.open_list(records.domain)
    expect(view.rows).to_have_count(1)
    client.wait_until_live()
    author = people.backend("demo")
    changes = measure.commit_to_screen(people.odoo, view, author, id_)
    shown = [change.shown for change in changes]
    assert len(shown) == 100
    assert shown == sorted(shown)
    assert client.rpc.calls == []
    print("\ncommit → screen:", measure.summary(_waits(changes)))


def _waits(changes):
    return [change.shown - change.committed for change in changes]
