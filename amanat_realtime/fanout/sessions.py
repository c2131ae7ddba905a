"""Whether somebody is still logged in: asked for each message, read when it changed.

Core reads and checks the session of each socket again for each notification. The file
of a session is written anew or removed whenever anything changes in it; and what else
decides (password, login, active) empties the caches of the registry.
"""

import os
import time

from odoo.http import root
from odoo.service.security import check_session

# seconds; also for what depends on the time alone
MAX_AGE = 60


def is_valid(websocket, gate, env, epoch):
    """Whether a socket may be sent messages. If not, its own thread finds out why.

    :param Websocket websocket:
    :param Gate gate: of the socket; keeps the last verdict
    :param Environment env:
    :param epoch: changes with the caches of the registry
    :rtype: bool
    """
    sid = websocket._session.sid
    stamp = _stamp(sid)
    now = time.monotonic()
    if stamp and gate.verdict:
        known_sid, known_stamp, known_epoch, until = gate.verdict
        if (known_sid, known_stamp) == (sid, stamp):
            if known_epoch == epoch and now < until:
                return True
    gate.verdict = None
    session = root.session_store.get(sid)
    if not session or "next_sid" in session or session.db != websocket._db:
        return False
    if session.uid is not None and not check_session(session, env):
        return False
    if session.uid != websocket._session.uid:
        return False
    gate.verdict = (sid, stamp, epoch, now + MAX_AGE)
    return True


def _stamp(sid):
    """
    :return: changes with the content of the session; ``None`` if it is kept elsewhere
        than in a file, or nowhere
    """
    try:
        found = os.stat(root.session_store.get_session_filename(sid))
    except (AttributeError, OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
