"""One look at the bus for all sockets of a database: what is new, and who gets what."""

from collections import Counter, defaultdict

from odoo import SUPERUSER_ID, api
from odoo.tools import config

from odoo.addons.bus.models.bus import dispatch
from odoo.addons.bus.websocket import acquire_cursor

from ..delivery.backlog import shortened
from ..delivery.deliver import heed_other_processes
from .gate import gate_of, is_missing, send, text_frame
from .parts import Parts
from .rights import Rights
from .rows import Reader
from .sessions import is_valid
from .switch import is_shared

# by database
_readers = defaultdict(Reader)
_rights = {}


def serve(dbname, websockets, look_back=False):
    """Send sockets what is new for them.

    :param str dbname:
    :param set[Websocket] websockets: those that are to be woken up
    :param bool look_back: they have just subscribed, and look for what was told before;
        after a restart, everybody does
    :return: those that have to look for themselves
    :rtype: Iterable[Websocket]
    """
    reader = _readers[dbname]
    with acquire_cursor(dbname) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env.transaction.default_env = env
        heed_other_processes(env)
        if not is_shared(env):
            return websockets
        rights = _current_rights(env)
        rows = reader.new_rows(cr, websockets, again=look_back)
        if not rows:
            return ()
        listeners = _listeners(dbname, rows)
        if look_back:
            listeners = {name: found & websockets for name, found in listeners.items()}
        wanted, by_themselves = _who_wants_what(env, rows, listeners, rights.epoch)
        if look_back:
            _shorten(wanted)
        parts = Parts(env, rights, _readers_of(wanted))
    # as in core, nobody's slow connection holds a cursor
    by_themselves += _send_all(dbname, wanted, parts)
    if not look_back:
        reader.have_been_sent(rows)
    return by_themselves


def _current_rights(env):
    epoch = env["ir.websocket"]._realtime_rights_epoch()
    rights = _rights.get(env.cr.dbname)
    # in this mode Odoo keeps no evaluated rules either
    if not rights or not rights.holds(epoch) or "xml" in config["dev_mode"]:
        rights = _rights[env.cr.dbname] = Rights(epoch)
    return rights


def _listeners(dbname, rows):
    """
    :return: all who listen to the channels of rows, woken up or not: nobody reads them
        again; hundreds of rows of a busy channel have one set of hundreds of sockets
    :rtype: dict[tuple, set]
    """
    by_channel = dispatch._channels_to_ws
    return {
        # a copy: other threads subscribe meanwhile
        channel: {ws for ws in tuple(by_channel.get(channel, ())) if ws._db == dbname}
        for channel in {row.channel for row in rows}
    }


def _who_wants_what(env, rows, listeners, epoch):
    """
    :return: ``{websocket: [row]}``, and the sockets that must look for themselves
    :rtype: tuple[dict, list]
    """
    wanted = defaultdict(list)
    for row in rows:
        for websocket in listeners[row.channel]:
            if is_missing(websocket, row.id):
                wanted[websocket].append(row)
    invalid = [
        websocket
        for websocket in wanted
        if not is_valid(websocket, gate_of(websocket), env, epoch)
    ]
    for websocket in invalid:
        del wanted[websocket]
    return wanted, invalid


def _shorten(wanted):
    """Tell less to those who lack much.

    :param dict[Websocket, list[Row]] wanted: changed
    """
    variants = {}

    def told(row, message):
        if message is row.message:
            return row
        # one thing for all who are told it, so that it is judged once
        key = row.id, bool(message["payload"])
        return variants.setdefault(key, row.telling(message))

    for websocket, rows in wanted.items():
        messages = shortened([row.message for row in rows])
        wanted[websocket] = list(map(told, rows, messages))


def _readers_of(wanted):
    """
    :rtype: dict[Row, set[int | None]]
    """
    readers = defaultdict(set)
    for websocket, rows in wanted.items():
        for row in rows:
            readers[row].add(websocket._session.uid)
    return readers


def _send_all(dbname, wanted, parts):
    """
    :param dict[Websocket, list[Row]] wanted: what each is sent
    :param Parts parts: of all these rows
    :return: the sockets that must go on by themselves
    :rtype: list[Websocket]
    """
    frames = {}
    by_themselves = []
    sent = Counter()
    for websocket, rows in wanted.items():
        # one at a time: after a restart, all lack hundreds of rows
        own = parts.of(websocket._session.uid, rows)

        def frame_of(row_ids, own=own):
            chosen = [own[row_id] for row_id in row_ids]
            sent.update(chosen)
            texts = tuple(part.text for part in chosen)
            if texts not in frames:
                frames[texts] = text_frame(b"[" + b",".join(texts) + b"]")
            return frames[texts]

        try:
            done = send(websocket, list(own), frame_of)
        except OSError:
            # its thread will find the connection broken, too
            done = False
        if not done:
            by_themselves.append(websocket)
    for part, times in sent.items():
        part.count(dbname, times)
    return by_themselves
