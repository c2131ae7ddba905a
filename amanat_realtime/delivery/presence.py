"""From a presence row on the bus to what one access class may know of it."""

import time

from ..presence.visible import visible
from ..wire import PRESENCE_TTL
from .author import author_of


def presence(model, row):
    """Return where somebody is now, as far as the recipient may know it.

    Nothing is told to who could not see them before and does not now: that somebody
    moves about in what is hidden from them is hidden as well.

    :param BaseModel model: with the recipient as its user
    :param dict row: content of the row
    :rtype: dict
    """
    if time.time() - row["written"] > PRESENCE_TTL:
        # it has expired everywhere
        return {}
    seen = visible(model, {key: row[key] for key in ("before", "places")})
    if seen["before"] == seen["places"]:
        return {}
    user = author_of(model.env, row["by"])
    if not user:
        return {}
    told = {key: row[key] for key in ("v", "model", "room", "tab", "at") if key in row}
    return {**told, "user": user, "places": seen["places"]}
