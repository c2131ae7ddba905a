import logging

from odoo import api, models, tools

from ..activation.switches import is_live
from ..channel import EVERY_ROOM, channel_tuple, parse_request
from ..delivery.access_class import may_read
from ..monitoring.flusher import flusher

_logger = logging.getLogger(__name__)


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        asked = []
        others = []
        for channel in channels:
            try:
                request = isinstance(channel, str) and parse_request(channel)
            except ValueError as error:
                _logger.info("Refused to user %s: %s", self.env.uid, error)
                continue
            (asked if request else others).append(request or channel)
        result = super()._build_bus_channel_list(others)
        if not asked:
            return result
        granted = [ask for ask in asked if self._may_follow(ask[0])]
        self.env["amanat.realtime.lease"].sudo()._grant({ask[0] for ask in granted})
        dbname = self.env.cr.dbname
        result.extend(channel_tuple(dbname, *ask) for ask in granted)
        # what is told of the whole model is told to each of its rooms there
        in_rooms = {model_name for model_name, room in granted if room}
        result.extend(channel_tuple(dbname, name, EVERY_ROOM) for name in in_rooms)
        return result

    def _subscribe(self, og_data):
        result = super()._subscribe(og_data)
        # there is a websocket to be counted
        flusher.wake(self.env.cr.dbname)
        return result

    @api.model
    def _realtime_rights_epoch(self):
        """Return what changes when the caches of the registry are emptied, by whichever
        process: whatever was derived from cached rights must be derived again then.

        :rtype: tuple
        """
        return self._realtime_epoch_of_default(), self._realtime_epoch_of_groups()

    @tools.ormcache()
    def _realtime_epoch_of_default(self):
        return object()

    @tools.ormcache(cache="groups")
    def _realtime_epoch_of_groups(self):
        return object()

    def _may_follow(self, model_name):
        """Whether the user may listen to what happens to a model. What they hear of it
        is checked again for every message.

        :param str model_name: as a browser has sent it
        :rtype: bool
        """
        allowed = (
            self.env.user._is_internal()
            and is_live(self.env, model_name)
            and may_read(self.env[model_name])
        )
        if not allowed:
            _logger.info("User %s may not follow %r", self.env.uid, model_name[:64])
        return allowed
