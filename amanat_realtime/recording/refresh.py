"""Telling those who watch a model to look again, without saying why."""

import logging

from ..activation.switches import is_live
from ..channel import EVERY_ROOM, channel_tuple
from ..wire import CHANGES
from .publish import header_now, insert_row

_logger = logging.getLogger(__name__)


def publish_refresh(env, model_names):
    """Have the views of models read again, in all their rooms. Nobody is its author,
    and no tab takes it for its own.

    :param Environment env:
    :param Iterable[str] model_names: those that are not live are passed over
    """
    for name in sorted(model_names):
        if is_live(env, name):
            _insert_refresh(env, name, None)
            if env[name]._has_realtime_rooms():
                _insert_refresh(env, name, EVERY_ROOM)
            _logger.debug("Views of %s are to read again: it is newly watched", name)


def _insert_refresh(env, model_name, room):
    content = header_now(env, model_name, room) | {"by": None, "refresh": True}
    content.pop("tab", None)
    channel = channel_tuple(env.cr.dbname, model_name, room)
    insert_row(env, channel, CHANGES, content)
