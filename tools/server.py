"""A running Odoo server, in either of its two shapes."""

import contextlib
import http.client
import itertools
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import odoo_source, output, ports, postgres, process, proxy, template
from tools import settings as settings_module
from tools.database import Databases
from tools.errors import ToolError
from tools.odoo import Odoo
from tools.settings import Settings

_START_PATIENCE = 120
_counter = itertools.count(1)


class Server:
    """One Odoo on one database.

    With ``workers=0`` a single threaded process serves everything. With more there are
    HTTP workers and the evented websocket worker, behind a reverse proxy on ``port``.

    :ivar url: the address to open, without a slash at its end
    :ivar port: the port of that address
    :ivar db: the name of the database
    :ivar log_path: what Odoo writes
    """

    def __init__(
        self,
        odoo: Odoo,
        db: str,
        *,
        workers: int = 0,
        port: int | None = None,
        interface: str = "127.0.0.1",
        options: Sequence[str] = (),
    ):
        self.odoo = odoo
        self.db = db
        self.workers = workers
        self.interface = interface
        self.port = port or ports.free()
        self.http_port = ports.free() if workers else self.port
        self.evented_port = ports.free()
        self.options = list(options)
        self.url = f"http://localhost:{self.port}"
        self.log_path = odoo.settings.logs / f"odoo-{db}.log"
        self.proxy_log_path = odoo.settings.logs / f"proxy-{db}.log"
        self._odoo_process: subprocess.Popen | None = None
        self._proxy_process: subprocess.Popen | None = None

    @property
    def pid(self) -> int | None:
        """The process of Odoo, or None while it is stopped."""
        return self._odoo_process.pid if self._odoo_process else None

    def start(self) -> None:
        """Start, and return when the server answers."""
        try:
            self._odoo_process = process.start(
                self.odoo.command(*self._arguments()),
                log=self.log_path,
                env=self.odoo.environ(),
            )
            if self.workers and not self._proxy_process:
                self._proxy_process = proxy.start(
                    self.odoo.settings,
                    interface=self.interface,
                    port=self.port,
                    http_port=self.http_port,
                    evented_port=self.evented_port,
                    log=self.proxy_log_path,
                )
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop everything that :meth:`start` started."""
        self.stop_odoo()
        if self._proxy_process:
            process.stop(self._proxy_process, signal.SIGTERM, patience=3)
            self._proxy_process = None

    def stop_odoo(self) -> None:
        """Stop Odoo, but not the proxy: browsers then get a 502."""
        if self._odoo_process:
            # Odoo's own way to end quickly is a second signal
            process.stop(self._odoo_process, signal.SIGINT, patience=8)
            self._odoo_process = None

    def kill(self) -> None:
        """End Odoo as a crash would: no closing frames, no clean-up."""
        if self._odoo_process:
            process.stop(self._odoo_process, signal.SIGKILL, patience=3)
            self._odoo_process = None

    def restart(self) -> None:
        """Stop Odoo and start it again on the same ports and database."""
        self.stop_odoo()
        self.start()

    def check(self) -> None:
        """:raises ToolError: a process ended by itself"""
        for child, log in (
            (self._odoo_process, self.log_path),
            (self._proxy_process, self.proxy_log_path),
        ):
            if child and child.poll() is not None:
                raise ToolError(
                    f"a server ended (code {child.returncode}): {output.reason(log)} "
                    f"(log: {log})"
                )

    def _arguments(self) -> list[str]:
        arguments = [
            f"--database={self.db}",
            f"--db-filter=^{self.db.replace('.', '[.]')}$",
            "--no-database-list",
            f"--http-port={self.http_port}",
            f"--workers={self.workers}",
            f"--gevent-port={self.evented_port}",
        ]
        if self.workers:
            arguments += ["--proxy-mode", "--http-interface=127.0.0.1"]
        else:
            arguments += [
                f"--http-interface={self.interface}",
                # Chromium opens connections in advance; one over which nothing comes
                # counts as a request without end, and Odoo would restart itself
                "--limit-time-real=0",
            ]
        return arguments + self.options

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_PATIENCE
        paths = ["/web/health"]
        if self.workers:
            # answered by the evented worker: it takes longer than the others
            paths.append("/websocket")
        for path in paths:
            while not self._answers(path):
                self.check()
                if time.monotonic() > deadline:
                    raise ToolError(f"Odoo does not answer (log: {self.log_path})")
                time.sleep(0.2)

    def _answers(self, path: str) -> bool:
        host = "127.0.0.1" if self.interface == "0.0.0.0" else self.interface
        connection = http.client.HTTPConnection(host, self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status < 502
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@contextlib.contextmanager
def running(
    db: str | None = None,
    *,
    workers: int = 0,
    modules: Sequence[str] = template.BUSINESS_MODULES,
    bare: bool = False,
    more_addons: Sequence[Path] = (),
    port: int | None = None,
    options: Sequence[str] = (),
    settings: Settings | None = None,
    keep: bool = False,
) -> Iterator[Server]:
    """Serve a fresh copy of a prepared database, for tests in a browser.

    The database has this project's addons, ``modules``, and the demo data of all
    (users ``admin``, ``demo``, ``cashier`` and ``auditor``, whose passwords are their
    logins). It is prepared once for each state of the addons' files, and copied in a
    second. PostgreSQL is started too where needed. To be used from the project's
    virtual environment, with the checkout on ``sys.path``::

        from tools import server

        with server.running(workers=2) as odoo:
            page.goto(odoo.url + "/odoo")
            odoo.restart()

    :param db: name of the database; an old one of that name is dropped
    :param workers: 0 is one threaded process; more is the production shape, which has
        the evented websocket worker and the reverse proxy, on one ``url``
    :param modules: what else is installed
    :param bare: ``modules`` only, without this project's addons, to compare with
    :param more_addons: folders where ``modules`` are found that Odoo does not have
    :param port: the port to open in the browser; a free one if not given
    :param options: further options for Odoo, e.g. ``--log-handler=...``
    :param settings: defaults to what the environment says
    :param keep: leave the database where it is at the end
    """
    settings = settings or settings_module.load()
    db = db or f"amanat_try_{os.getpid()}_{next(_counter)}"
    source = odoo_source.find(settings)
    with postgres.running(settings) as variables:
        odoo = Odoo(settings, source, variables, tuple(more_addons))
        databases = Databases(odoo)
        databases.check_server()
        template.copy_to(databases, db, modules, bare=bare)
        server = Server(odoo, db, workers=workers, port=port, options=options)
        server.log_path.unlink(missing_ok=True)
        try:
            server.start()
            yield server
        finally:
            server.stop()
            if not keep:
                databases.drop(db)
