"""Promise: what operators are told to set exists, in Odoo, in nginx and here."""

import configparser
import os
import re
import subprocess
import sys

import pytest

from tests import documented
from tests.documented import PAGES
from tools import odoo_source, programs, settings

_NGINX = """
pid {home}/nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    {temp_paths}
    {before}
    server {{
        listen 127.0.0.1:1;
        {locations}
    }}
}}
"""
# reads a file as Odoo does, and says what came of it and what Odoo knows
_ODOO = """
import sys
from odoo.tools import config
config.parse_config(["--config", sys.argv[1]])
known = {o.dest for o in config.options_index.values()}
for name in sys.argv[2:]:
    print(name, name in known, config[name] if name in known else None)
print(config.parser.format_help())
"""


@pytest.fixture(scope="module")
def ask_odoo(tmp_path_factory):
    """``ask_odoo(text, *names)``: what Odoo makes of a file of settings."""
    source = odoo_source.find(settings.load())

    def ask(text, *names):
        path = tmp_path_factory.mktemp("odoo") / "odoo.conf"
        path.write_text(f"[options]\n{text}")
        home = {"HOME": str(path.parent), "PYTHONPATH": str(source.root)}
        done = subprocess.run(
            [sys.executable, "-c", _ODOO, path, *names],
            env=os.environ | home,
            capture_output=True,
            text=True,
        )
        assert not done.returncode, done.stderr
        return done.stdout

    return ask


def test_odoo_takes_the_file_of_deployment(ask_odoo):
    [text] = documented.blocks("docs/deployment.md", "ini")
    parsed = configparser.ConfigParser()
    parsed.read_string(f"[options]\n{text}")
    written = dict(parsed["options"])
    assert len(written) == 3
    told = ask_odoo(text, *written)
    for name, value in written.items():
        assert f"{name} True {value}\n" in told


def test_odoo_has_the_settings_of_deployment(ask_odoo):
    rows = re.findall(r"^\| (`.*?) \|", documented.text("docs/deployment.md"), re.M)
    names = [name for row in rows for name in re.findall("`([a-z_]+)`", row)]
    assert "limit_memory_soft_gevent" in names
    told = ask_odoo("", *names)
    assert [name for name in names if f"{name} True " not in told] == []


def test_odoo_has_the_options(ask_odoo):
    pages = [page for page in PAGES if page.startswith(("docs/", "README"))]
    named = {
        re.split("[= ]", option)[0]
        for page in pages
        for option in documented.options(page)
    }
    assert {"-u", "--workers", "--log-handler", "--limit-memory-soft-gevent"} <= named
    known = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", ask_odoo("")))
    assert named - known == set()


def test_nginx_takes_the_configuration(tmp_path):
    [text] = documented.blocks("amanat_realtime/readme/INSTALL.md", "nginx")
    before, location, locations = text.partition("location ")
    kinds = "client_body proxy fastcgi uwsgi scgi".split()
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        _NGINX.format(
            home=tmp_path,
            temp_paths="".join(f"{k}_temp_path {tmp_path}/{k};" for k in kinds),
            before=before,
            locations=location + locations,
        )
    )
    nginx = programs.find(settings.load(), "nginx", "usr/sbin/nginx", "nginx")
    done = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", conf], capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    assert "test is successful" in done.stderr


def test_variables_and_their_defaults():
    rows = re.findall(
        r"^\| `([A-Z_]+)`([^|]*) \|([^|]*)\|",
        documented.text("README.md"),
        re.MULTILINE,
    )
    assert {"ODOO_DB", "ODOO_HOME", "PGHOST"} <= {name for name, *_ in rows}
    nothing = settings.load({})
    for name, _others, default in rows:
        if default := default.strip("` "):
            assert settings.load({name: default}) == nothing, name
        assert settings.load({name: "7"}) != nothing, name
