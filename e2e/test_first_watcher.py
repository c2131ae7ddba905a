"""Promise: who is the first to open a list sees what was being saved meanwhile, though
nobody watched when that was begun.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from e2e import database
from e2e.shapes import ONE_SHAPE

_WAITING = """SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def _wait_until_somebody_waits(cursor, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while True:
        cursor.execute(_WAITING)
        if cursor.fetchone()[0]:
            return
        assert time.monotonic() < deadline, "nobody waits for the record"
        time.sleep(0.05)


@ONE_SHAPE
def test_save_that_was_begun_before(login, people, records):
    id_ = records.make_one(quantity=1)
    client, demo = login("admin"), people.backend("demo")
    with database.cursor(people.odoo) as cursor:
        cursor.execute("DELETE FROM amanat_realtime_lease")
    with ThreadPoolExecutor(1) as pool:
        with database.cursor(people.odoo) as cursor:
            cursor.execute(
                "SELECT FROM amanat_test_realtime WHERE id = %s FOR SHARE", [id_]
            )
            saved = pool.submit(demo.write, id_, quantity=777)
            _wait_until_somebody_waits(cursor)
            view = client.open_list(records.domain)
            cell = view.cell(records.name(1), "quantity")
            expect(cell).to_have_text("1")
            client.wait_until_live()
        saved.result(timeout=20)
        expect(cell).to_have_text("777")
