"""Names that the server and the browser share."""

CHANGES = "amanat_realtime/changes"
NOTIFICATION = "amanat_realtime/notification"
VERSION = 1
TAB_HEADER = "X-Amanat-Realtime-Tab"
