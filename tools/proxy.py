"""A reverse proxy: the HTTP workers and the websocket worker behind one address."""

import os
import shutil
from pathlib import Path

from tools import apt, locks, process
from tools.settings import Settings

_CADDYFILE = """{{
	admin off
	auto_https off
	storage file_system {home}
}}

http://:{port} {{
	bind {interface}
	handle /websocket {{
		reverse_proxy 127.0.0.1:{evented_port}
	}}
	handle {{
		reverse_proxy 127.0.0.1:{http_port}
	}}
}}
"""


def program(settings: Settings) -> Path:
    """The proxy's program: an installed one, or Debian's without installing it."""
    installed = shutil.which("caddy")
    if installed:
        return Path(installed)
    home = settings.data / "caddy"
    found = home / "usr/bin/caddy"
    with locks.exclusive(settings.locks / "caddy"):
        if not found.exists():
            packages = {"caddy": apt.codename()}
            apt.fetch("Reverse proxy", packages, home, settings.data / "apt-caddy")
    return found


def start(
    settings: Settings,
    *,
    interface: str,
    port: int,
    http_port: int,
    evented_port: int,
    log: Path,
):
    """Start the proxy in front of the two ports of Odoo."""
    home = settings.data / "proxy" / str(port)
    home.mkdir(parents=True, exist_ok=True)
    config = home / "Caddyfile"
    config.write_text(
        _CADDYFILE.format(
            home=home,
            interface=interface,
            port=port,
            http_port=http_port,
            evented_port=evented_port,
        )
    )
    command = [
        program(settings), "run", "--adapter", "caddyfile", "--config", config,
    ]  # fmt: skip
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(home))
    return process.start(command, log=log, env=os.environ | places)
