"""Names that the server and the browser share."""

CHANGES = "amanat_realtime/changes"
NOTIFICATION = "amanat_realtime/notification"
PRESENCE = "amanat_realtime/presence"
PROGRESS = "amanat_realtime/progress"
ASK = "amanat_realtime/ask"
ANSWER = "amanat_realtime/answer"
VERSION = 1
TAB_HEADER = "X-Amanat-Realtime-Tab"
# seconds: browsers report three times in it, hidden ones at least once
PRESENCE_TTL = 30


def timestamp(moment):
    """Return a moment in UTC as browsers get it.

    :param datetime moment:
    :rtype: str
    """
    return moment.isoformat(timespec="microseconds") + "Z"
