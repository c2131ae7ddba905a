"""Promise: what one changed cell costs on the wire is at most 300 bytes."""

import json

from playwright.sync_api import expect

from e2e.odoo_client import MODEL
from e2e.shapes import ONE_SHAPE

pytestmark = ONE_SHAPE

_WRITE = """([model, id, values]) =>
    odoo.__WOWL_DEBUG__.root.env.services.orm.write(model, [id], values)"""


def test_one_cell_is_at_most_300_bytes(login, records):
    id_ = records.make_one(quantity=1)
    client, author = login("admin"), login("demo")
    view = client.open_list(records.domain)
    client.wait_until_live()
    # from a browser, so that the message says which tab it came from
    author.page.evaluate(_WRITE, [MODEL, id_, {"quantity": 123456}])
    expect(view.cell(records.key, "quantity")).to_have_text("123,456")
    [message] = client.bus.messages(MODEL)
    assert message["update"] == [{"ids": [id_], "diff": {"quantity": [1, 123456]}}]
    assert message["tab"]
    assert _size(message) <= 300, _size(message)
    print(f"\none cell: {_size(message)} bytes")


def _size(value) -> int:
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
