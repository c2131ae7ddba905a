"""Telling others what changed about where somebody is."""

from ..channel import channel_tuple
from ..recording.publish import header, insert_row
from ..wire import PRESENCE


def tell(env, uid, tab, scope, before, places):
    """Put on the bus where a tab is in a model, or in one of its rooms.

    :param Environment env:
    :param int uid: of the person, who need not be the user of ``env``
    :param str tab:
    :param tuple[str, str] scope: see ``report.scope_of``
    :param list[dict] before: where it was: who could not know must not learn that it
        left
    :param list[dict] places: where it is
    """
    model_name, room = scope
    row = header(env, model_name, room or None)
    row |= {"by": uid, "tab": tab, "before": before, "places": places}
    channel = channel_tuple(env.cr.dbname, model_name, room or None)
    insert_row(env, channel, PRESENCE, row)
