"""TCP ports."""

import errno
import socket

from tools.errors import ToolError


def require_free(interface: str, port: int) -> None:
    """:raises ToolError: something listens on that port, or it may not be used"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError as error:
            why = {
                errno.EADDRINUSE: "is taken",
                errno.EACCES: "needs more rights than you have",
            }.get(error.errno, f"cannot be used on {interface} ({error.strerror})")
            raise ToolError(
                f"port {port} {why}: stop what uses it, or choose another, "
                f"e.g. make run ODOO_HTTP_PORT={min(port + 10, 65535)}"
            ) from None


def free() -> int:
    """A port of this machine that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
