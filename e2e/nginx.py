"""A real nginx in front of Odoo, that lets the websocket through or does not."""

import contextlib
import dataclasses
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import ports, process, programs
from tools.server import Server

# who runs it as root owns its folder
_CONF = """
{user}
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ }}
http {{
    access_log off;
    {temp_paths}
    map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 64m;
        proxy_set_header Host $http_host;
        location = /websocket {{
            {websocket}
        }}
        location / {{
            proxy_pass http://127.0.0.1:{http_port};
        }}
    }}
}}
"""
_TEMP_PATHS = "client_body proxy fastcgi uwsgi scgi".split()
#: what the proxy does with the websocket
REFUSED = "return 403;"
PASSED_ON = """proxy_pass http://127.0.0.1:{evented_port};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 3600s;"""
#: the most common mistake: the HTTP workers get what is the websocket worker's
MISROUTED = PASSED_ON.replace("{evented_port}", "{http_port}")


@dataclasses.dataclass
class Front:
    """The address of an Odoo behind nginx; as much of a server as people need.

    :ivar url: the address to open, without a slash at its end
    """

    odoo: Server
    home: Path
    port: int
    program: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def db(self) -> str:
        return self.odoo.db

    @property
    def log_path(self) -> Path:
        return self.odoo.log_path

    @property
    def command(self) -> list:
        return [self.program, "-p", self.home, "-c", self.home / "nginx.conf"]

    def write(self, websocket: str) -> None:
        odoo = self.odoo
        evented_port = odoo.evented_port if odoo.workers else odoo.http_port
        places = {"http_port": odoo.http_port, "evented_port": evented_port}
        temp_paths = "".join(
            f"{name}_temp_path {self.home}/{name};\n    " for name in _TEMP_PATHS
        )
        conf = _CONF.format(
            user="" if os.geteuid() else "user root;",
            home=self.home,
            port=self.port,
            temp_paths=temp_paths,
            websocket=websocket.format(**places),
            **places,
        )
        (self.home / "nginx.conf").write_text(conf)

    def route(self, websocket: str) -> None:
        """Do something else with the websocket from now on."""
        self.write(websocket)
        subprocess.run([*map(str, self.command), "-s", "reload"], check=True)


@contextlib.contextmanager
def in_front_of(odoo: Server, home: Path, websocket: str) -> Iterator[Front]:
    """Run nginx before a server.

    :param home: an empty folder
    :param websocket: REFUSED, PASSED_ON or MISROUTED
    """
    settings = odoo.odoo.settings
    program = programs.find(settings, "nginx", "usr/sbin/nginx", "nginx")
    front = Front(odoo, home, ports.free(), program)
    front.write(websocket)
    child = process.start([*front.command, "-g", "daemon off;"], log=home / "nginx.log")
    try:
        yield front
    finally:
        process.stop(child)
