"""Names of the channels that changes travel on.

A browser asks for a string; the server, after a check, listens on a tuple instead,
which no string of a client can name.
"""

PREFIX = "amanat_realtime"
MAX_LENGTH = 256
# whoever follows a room of a model is in this one too
EVERY_ROOM = "*"


def channel_tuple(dbname, model, room=None):
    """Return the channel of a model, or of one of its rooms.

    :param str dbname:
    :param str model: name of the model
    :param str room: name of the room; ``None`` is the whole model
    :rtype: tuple[str, ...]
    """
    return (dbname, PREFIX, model, room) if room else (dbname, PREFIX, model)


def parse_request(name):
    """Read the string that a browser asks for: ``amanat_realtime:<model>[:<room>]``.

    :param str name:
    :return: ``(model, room or None)``; ``None`` if the string is not about us
    :rtype: tuple[str, str | None] | None
    :raise ValueError: if it is about us and malformed
    """
    prefix, _, rest = name.partition(":")
    if prefix != PREFIX:
        return None
    model, _, room = rest.partition(":")
    if not model or len(name) > MAX_LENGTH:
        raise ValueError(f"malformed channel {name[:MAX_LENGTH]!r}")
    return model, room or None
