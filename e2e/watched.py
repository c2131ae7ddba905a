"""Whether the server has begun to tell what happens to a model."""

import time

from e2e import database
from tools.server import Server

_WATCHED = """
    SELECT count(*) FROM amanat_realtime_lease lease
      JOIN ir_model model ON model.id = lease.id
     WHERE model.model = ANY(%s) AND lease.expires_at > now() AT TIME ZONE 'UTC'
"""


def wait_until_watched(odoo: Server, *models: str, seconds: float = 20) -> None:
    """Return when each of some models is watched by somebody.

    :raises TimeoutError: they are not, in time
    """
    deadline = time.monotonic() + seconds
    while True:
        with database.cursor(odoo) as cr:
            cr.execute(_WATCHED, [list(models)])
            if cr.fetchone()[0] == len(models):
                return
        if time.monotonic() > deadline:
            raise TimeoutError(f"not watched: {models}")
        time.sleep(0.1)
