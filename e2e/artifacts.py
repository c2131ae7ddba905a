"""What is kept of a test that failed."""

import contextlib
import json
import re
from pathlib import Path

from e2e.pages import WebClient

FOLDER = Path(__file__).parent / "artifacts"


def keep(test: str, clients: list[WebClient], server_log: Path) -> None:
    """Save what each window showed, received, asked for and wrote to its console."""
    FOLDER.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", test).strip("-")
    for number, client in enumerate(clients, 1):
        stem = FOLDER / f"{name}-{number}-{client.user.login}"
        # a window that hangs must not hide why the test failed
        with contextlib.suppress(Exception):
            client.page.screenshot(path=f"{stem}.png", timeout=5000)
        with contextlib.suppress(Exception):
            Path(f"{stem}.html").write_text(client.page.content())
        logs = {"console": client.console, "rpc": client.rpc.calls}
        with contextlib.suppress(Exception):
            logs["bus"] = client.bus.notifications(None)
            logs["flashes"] = client.flashes()
        Path(f"{stem}.json").write_text(json.dumps(logs, indent=1, ensure_ascii=False))
    if server_log.exists():
        tail = server_log.read_text(errors="replace").splitlines()[-200:]
        (FOLDER / f"{name}-odoo.log").write_text("\n".join(tail))
