"""Which process this is."""

import os
import socket
import threading

import psutil

import odoo
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
    :return: resident memory in bytes
    :rtype: int
    """
    return psutil.Process(os.getpid()).memory_info().rss
