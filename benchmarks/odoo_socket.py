"""Where Odoo serves websockets."""

#: as the server says it in bus/websocket.py; others are turned away
_VERSION = "19.0-2"


def url(address: str) -> str:
    """The address of the websocket of a server.

    :param address: host and port
    """
    return f"ws://{address}/websocket?version={_VERSION}"
