import socket

import pytest

from tools import ports
from tools.errors import ToolError


def test_taken_port_is_one_line_that_says_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ToolError, match=f"port {port} is taken.*ODOO_HTTP_PORT="):
            ports.require_free("127.0.0.1", port)


def test_free_port_is_free():
    ports.require_free("127.0.0.1", ports.free())
