"""What is new on the bus, read once for all sockets that wait for it."""

import copy
import time

from odoo import fields

from odoo.addons.bus.models.bus import TIMEOUT, hashable, json_dump
from odoo.addons.bus.tools import orjson

from .gate import position_of

# a row is read again after so many seconds or rows, and found to have been sent
KEPT_SECONDS = 60
KEPT_ROWS = 5000
FLOOR_SECONDS = 5


class Row:
    """A row of the bus."""

    __slots__ = ("channel", "id", "message")

    def __init__(self, id_, channel, message):
        self.id = id_
        self.channel = hashable(orjson.loads(channel))
        self.message = orjson.loads(message)

    def telling(self, message):
        """Return the row for those who are told less of it than others.

        :param dict message:
        :rtype: Row
        """
        changed = copy.copy(self)
        changed.message = message
        return changed


class Reader:
    """Reads the rows of one database.

    What is read once goes to everybody who listens then, woken up or not; who comes
    later looks back. So no row is needed twice, however late it was committed.
    """

    def __init__(self):
        # {row id: when it was read}, oldest first
        self._done = {}
        self._floor = None
        self._texts = {}

    def new_rows(self, cr, websockets, again=False):
        """Return rows that some sockets lack.

        :param Cursor cr:
        :param Collection[Websocket] websockets: those that were woken up
        :param bool again: also those that were read for others
        :rtype: list[Row]
        """
        # somebody who has not heard anything for hours must not make us read again
        # what others heard meanwhile
        positions = {}
        for websocket in websockets:
            position = position_of(websocket) or self._floor_of(cr)
            for channel in websocket._channels:
                known = positions.get(channel)
                if known is None or position < known:
                    positions[channel] = position
        first = min(positions.values(), default=0)
        cr.execute(
            """SELECT bus.id, bus.channel, bus.message FROM bus_bus bus
                 JOIN unnest(%s, %s) AS wanted(channel, position)
                   ON wanted.channel = bus.channel AND wanted.position < bus.id
                WHERE bus.id > %s AND bus.id <> ALL(%s)
             ORDER BY bus.id""",
            (
                [self._text_of(channel) for channel in positions],
                list(positions.values()),
                first,
                [] if again else [row_id for row_id in self._done if row_id > first],
            ),
        )
        return [Row(*found) for found in cr.fetchall()]

    def have_been_sent(self, rows):
        """Remember that rows have been sent to all who listen.

        :param Iterable[Row] rows:
        """
        now = time.monotonic()
        self._done.update((row.id, now) for row in rows)
        excess = len(self._done) - KEPT_ROWS
        old = now - KEPT_SECONDS
        for number, (row_id, read) in enumerate(list(self._done.items())):
            if number >= excess and read > old:
                break
            del self._done[row_id]

    def _floor_of(self, cr):
        """From where a socket looks that has never been sent anything: core has it look
        back for some seconds.
        """
        now = time.monotonic()
        if self._floor is None or now - self._floor[1] > FLOOR_SECONDS:
            begin = fields.Datetime.subtract(fields.Datetime.now(), seconds=TIMEOUT)
            cr.execute(
                """SELECT id FROM bus_bus WHERE create_date <= %s
                 ORDER BY id DESC LIMIT 1""",
                (begin,),
            )
            self._floor = (cr.fetchone() or (0,))[0], now
        return self._floor[0]

    def _text_of(self, channel):
        text = self._texts.get(channel)
        if text is None:
            if len(self._texts) > 4 * KEPT_ROWS:
                self._texts.clear()
            text = self._texts[channel] = json_dump(channel)
        return text
