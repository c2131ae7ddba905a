"""The commands behind the Makefile."""

import argparse
import signal
import subprocess
import sys

from tools import data_folder, odoo_source, output, settings, venv
from tools.errors import ToolError


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in _COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        command.set_defaults(function=function)
        if name in _WITH_ARGUMENTS:
            command.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    try:
        chosen = settings.load()
        if options.command != "clean":
            data_folder.claim(chosen.data)
        return options.function(chosen, options) or 0
    except ToolError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        output.say("\nstopped")
        return 130


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


def _run(chosen, _options):
    """serve Odoo with both addons and demo data"""
    # before the downloads: nobody wants to wait for this message
    from tools import ports

    ports.require_free(chosen.http_interface, chosen.http_port)
    _enter(chosen)
    from tools.run import run

    run(chosen)


def _test(chosen, options):
    """run all tests, or the named stages"""
    _enter(chosen, "test")
    from tools.test import test

    return test(chosen, options.arguments)


def _bench(chosen, options):
    """run all benchmarks, or the named ones"""
    from tools import chromium

    _enter(chosen, "test", "bench")
    chromium.ensure(chosen)
    return subprocess.call(
        [sys.executable, "-m", "benchmarks", *options.arguments], cwd=settings.ROOT
    )


def _lint(chosen, _options):
    """check the style of every file"""
    from tools.lint import lint

    return lint(chosen)


def _readme(chosen, _options):
    """write README.rst and the description page of each addon"""
    _enter(chosen, "readme")
    from tools import readme

    readme.write()


def _clean(chosen, _options):
    """remove what this project made"""
    from tools.clean import clean

    clean(chosen)


def _setup(chosen, _options):
    """download everything that the other commands need"""
    from tools import chromium, rtlcss

    _enter(chosen, "test")
    chromium.ensure(chosen)
    rtlcss.ensure(chosen)


def _odoo(chosen, options):
    """call Odoo itself, e.g. odoo shell -d amanat"""
    _enter(chosen)
    from tools import postgres
    from tools.odoo import Odoo

    with postgres.running(chosen) as variables:
        odoo = Odoo(chosen, odoo_source.find(chosen), variables)
        command = odoo.command(*options.arguments)
        return subprocess.call(command, env=odoo.environ())


def _pg(chosen, options):
    """start, stop or env: the embedded PostgreSQL, without Odoo"""
    from tools.postgres import EmbeddedPostgres

    server = EmbeddedPostgres(chosen)
    action = "".join(options.arguments)
    if action == "stop":
        server.release()
        return
    if action == "start":
        _enter(chosen)
        server.keep()
    elif action != "env":
        raise ToolError("say pg start, pg stop or pg env")
    for name, value in server.environ.items():
        output.say(f"export {name}={value}")


def _enter(chosen, *extra):
    source = odoo_source.find(chosen)
    venv.enter(venv.ensure(chosen, source, *extra))


_WITH_ARGUMENTS = ("test", "bench", "odoo", "pg")
_COMMANDS = {
    "run": _run,
    "test": _test,
    "bench": _bench,
    "lint": _lint,
    "readme": _readme,
    "clean": _clean,
    "setup": _setup,
    "odoo": _odoo,
    "pg": _pg,
}
