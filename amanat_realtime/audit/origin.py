"""Where a change came from.

It says which way somebody came, and proves nothing: whoever can write can also send the
headers of a browser.

- *import*: the context key ``import_file``, which Odoo sets for every import of a file,
  whoever started it.
- *server*: no request: a scheduled action, the shell, a migration.
- *view*: a page of this database in a browser. The web client sends our tab header with
  each call; beacons of a closing page and forms cannot, but browsers say of those that
  they came from the same site (``Sec-Fetch-Site``), which no other program does.
- *rpc*: any other request.
"""

from odoo.http import request

from ..origin import tab_of_request

ORIGINS = [
    ("view", "View"),
    ("import", "Import"),
    ("server", "Server"),
    ("rpc", "RPC"),
]


def origin(imported):
    """Return where the running transaction comes from.

    :param bool imported: whether any of its changes came from a file
    :rtype: str
    """
    if imported:
        return "import"
    if not request:
        return "server"
    site = request.httprequest.headers.get("Sec-Fetch-Site")
    return "view" if tab_of_request() or site == "same-origin" else "rpc"
