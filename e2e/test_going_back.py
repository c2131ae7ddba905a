"""Promise: who comes back to a list never sees rows as they were before."""

import pytest
from playwright.sync_api import expect

from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

# every text that is in the page at any time from now on
_WATCH = """() => {
    window.amanatSeen = "";
    const note = () => { window.amanatSeen += document.body.innerText; };
    new MutationObserver(note).observe(document.body, {
        subtree: true, childList: true, characterData: true,
    });
}"""


@pytest.fixture
def left_list(login, records):
    """A tab whose person has opened a list and gone on to something else."""

    def make():
        ids = records.make(2)
        client = login("admin")
        view = client.open_list(records.domain)
        expect(view.row(records.key)).to_have_count(2)
        client.wait_until_live()
        client.page.evaluate(
            "() => odoo.__WOWL_DEBUG__.root.env.services.action.doAction("
            "'base.action_partner_form')"
        )
        expect(view.row(records.key)).to_have_count(0)
        return client, view, ids

    return make


def _go_back(client):
    client.page.evaluate(_WATCH)
    client.page.locator(".o_breadcrumb .breadcrumb-item a").first.click()


def test_changed_meanwhile(left_list, backend, records):
    client, view, ids = left_list()
    backend("demo").write(ids[0], name=f"{records.key} new")
    client.bus.wait_for(f"{records.key} new")
    _go_back(client)
    expect(view.row(f"{records.key} new")).to_be_visible()
    seen = client.page.evaluate("() => window.amanatSeen")
    assert records.name(2) in seen
    assert records.name(1) not in seen


def test_nothing_changed(left_list, records):
    client, view, ids = left_list()
    _go_back(client)
    expect(view.row(records.key)).to_have_count(2)
    assert client.errors() == []
