"""What is new on the bus, read once for all sockets that wait for it."""

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


class Reader:
    """Reads the rows of one database.

    What is read once goes to everybody who listens then, woken up or not; who comes
    later looks back alone. So no row is needed twice, however late it was committed.
    """

    def __init__(self):
        # {row id: when it was read}, oldest first
        self._done = {}
        self._floor = None
        self._texts = {}

    def new_rows(self, cr, websockets):
        """Return rows that some sockets lack.

        :param Cursor cr:
        :param Collection[Websocket] websockets: those that were woken up
        :rtype: list[Row]
        """
        channels = set().union(*(websocket._channels for websocket in websockets))
        position = min(
            position_of(websocket) or self._floor_of(cr) for websocket in websockets
        )
        cr.execute(
            """SELECT id, channel, message FROM bus_bus
                WHERE id > %s AND channel = ANY(%s) AND id <> ALL(%s)
             ORDER BY id""",
            (
                position,
                [self._text_of(channel) for channel in channels],
                [row_id for row_id in self._done if row_id > position],
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
