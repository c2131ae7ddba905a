"""A reverse proxy: the HTTP workers and the websocket worker behind one address."""

import os
from pathlib import Path

from tools import process, programs
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
        programs.find(settings, "caddy", "usr/bin/caddy", "Reverse proxy"),
        "run", "--adapter", "caddyfile", "--config", config,
    ]  # fmt: skip
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(home))
    return process.start(command, log=log, env=os.environ | places)
