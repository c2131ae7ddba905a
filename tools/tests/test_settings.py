from pathlib import Path

import pytest

from tools import settings
from tools.errors import ToolError


def test_defaults():
    chosen = settings.load({})
    assert chosen.data == settings.ROOT / ".odoo"
    assert (chosen.db, chosen.http_port, chosen.workers) == ("amanat", 8069, 0)
    assert chosen.odoo_home is None
    assert not chosen.external_postgres


def test_empty_variables_count_as_unset():
    assert settings.load({"ODOO_DB": "", "WORKERS": "", "PGHOST": ""}) == settings.load(
        {}
    )


def test_relative_folders_are_those_of_the_checkout():
    assert settings.load({"ODOO_DATA": "x/../y"}).data == settings.ROOT / "y"
    assert settings.load({"ODOO_DATA": "/srv/y"}).data == Path("/srv/y")


@pytest.mark.parametrize("name", ["PGHOST", "PGSERVICE", "PGUSER", "PGPORT"])
def test_a_given_server_wins_over_the_embedded_one(name):
    assert settings.load({name: "x"}).external_postgres


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"ODOO_HTTP_PORT": "http"}, "ODOO_HTTP_PORT='http'"),
        ({"ODOO_HTTP_PORT": "70000"}, "from 1 to 65535"),
        ({"WORKERS": "-1"}, "WORKERS='-1'"),
        ({"ODOO_DB": "a/b"}, "ODOO_DB='a/b'"),
        ({"ODOO_DB": "-d"}, "ODOO_DB='-d'"),
        ({"ODOO_DB": "x" * 60}, "up to 50"),
        ({"PGUSER": "postgres"}, "createuser"),
    ],
)
def test_what_cannot_work_is_one_line(environ, said):
    with pytest.raises(ToolError, match=".+") as raised:
        settings.load(environ)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
