"""Where a request comes from."""

import re

from odoo.http import request

from .wire import TAB_HEADER

_TAB = re.compile(r"[\w-]{1,40}\Z", re.ASCII)


def tab_of_request():
    """Return the id of the browser tab that this transaction works for, if any.

    :rtype: str | None
    """
    if not request:
        return None
    tab = request.httprequest.headers.get(TAB_HEADER, "")
    return tab if _TAB.match(tab) else None
