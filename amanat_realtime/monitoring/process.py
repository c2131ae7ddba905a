"""Which process this is."""

import socket
import threading

import psutil

import odoo
from odoo.service.server import memory_info
from odoo.tools import config


def name():
    """Return a name that no other process has, of any host, now or later.

    :rtype: str
    """
    me = psutil.Process()
    return f"{socket.gethostname()}:{me.pid}:{me.create_time():.0f}"


def kind():
    """
    :return: ``evented``, ``threaded``, ``http`` or ``cron``
    :rtype: str
    """
    if odoo.evented:
        return "evented"
    if not config["workers"]:
        return "threaded"
    names = [thread.name for thread in threading.enumerate()]
    return "cron" if any("WorkerCron" in name for name in names) else "http"


def memory():
    """
    :return: in bytes: ``resident``, and ``limited``: what Odoo compares with the limit
        that is set for it, on Linux the address space
    :rtype: dict
    """
    me = psutil.Process()
    return {"resident": me.memory_info().rss, "limited": memory_info(me)}


def memory_limit():
    """Return how large the process for websockets may get before it starts anew.

    :return: bytes; ``None`` if there is no such process, or no limit
    :rtype: int | None
    """
    if not config["workers"]:
        return None
    return config["limit_memory_soft_gevent"] or config["limit_memory_soft"] or None
