"""What operators read in the server's log about the messages of a transaction."""

import logging

_logger = logging.getLogger(__name__)


def log_published(model_name, room, lists):
    """Note what is put on the bus: details for debugging, and what costs all who look
    at the model another read.

    :param str model_name:
    :param str | None room:
    :param dict lists: as in the row
    """
    if lists.get("refresh"):
        _logger.info(
            "Too much has changed at once to tell it: views of %s read again",
            model_name,
        )
    elif _logger.isEnabledFor(logging.DEBUG):
        _logger.debug(
            "Told of %s%s: %s updated, %s created, %s deleted",
            model_name,
            f" (room {room})" if room else "",
            sum(len(update["ids"]) for update in lists.get("update", ())),
            len(lists.get("create", ())),
            len(lists.get("unlink", ())),
        )
