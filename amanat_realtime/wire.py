"""Names that the server and the browser share."""

CHANGES = "amanat_realtime/changes"
NOTIFICATION = "amanat_realtime/notification"
VERSION = 1
TAB_HEADER = "X-Amanat-Realtime-Tab"


def timestamp(moment):
    """Return a moment in UTC as browsers get it.

    :param datetime moment:
    :rtype: str
    """
    return moment.isoformat(timespec="microseconds") + "Z"
