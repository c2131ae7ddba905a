"""``make test``: every kind of test, one after the other."""

import contextlib
import os
import sys
from collections.abc import Sequence

from tools import addons, chromium, odoo_source, output, ports, postgres, stage
from tools.database import Databases
from tools.errors import ToolError
from tools.odoo import Odoo
from tools.settings import ROOT, Settings

_PYTEST = [sys.executable, "-m", "pytest", "--color=no"]
# addopts in pyproject.toml keeps pytest-odoo out of the other stages
_PYTEST_ODOO = [*_PYTEST, "--override-ini=addopts=", "--odoo-http"]


def test(settings: Settings, names: Sequence[str] = ()) -> int:
    """Run the named stages, or all; return the exit code.

    :raises ToolError: there is no such stage
    """
    unknown = set(names) - set(_STAGES)
    if unknown:
        raise ToolError(
            f"no stage {', '.join(unknown)}: choose of {', '.join(_STAGES)}"
        )
    chosen = [name for name in _STAGES if name in (names or _STAGES)]
    if set(chosen) - {"plain"}:
        chromium.ensure(settings)
    source = odoo_source.find(settings)
    with contextlib.ExitStack() as stack:
        variables = stack.enter_context(postgres.running(settings))
        bench = _Bench(settings, Odoo(settings, source, variables))
        stack.callback(bench.close)
        results = [result for name in chosen for result in _STAGES[name](bench)]
    for result in results:
        if result.failures:
            output.say(f"\n===== failures of {result.name} =====")
            output.say("\n".join(result.failures))
    output.say("\n===== summary =====")
    for result in results:
        output.say(str(result))
    return 0 if all(result.passed for result in results) else 1


class _Bench:
    """What the stages share: one server of databases, one database with the addons."""

    def __init__(self, settings: Settings, odoo: Odoo):
        self.settings = settings
        self.odoo = odoo
        self.databases = Databases(odoo)
        self.db = f"amanat_test_{os.getpid()}"

    def close(self) -> None:
        self.databases.drop(self.db)

    def run(self, name: str, command: Sequence) -> stage.Result:
        log = self.settings.logs / f"test-{name}.log"
        environ = self.odoo.environ() | {"PYTHONUNBUFFERED": "1"}
        return stage.run(name, command, log, cwd=ROOT, env=environ)


def _plain(bench: _Bench):
    """Tests that need no Odoo."""
    yield bench.run("plain", [*_PYTEST, "tests", "tools/tests"])


def _odoo(bench: _Bench):
    """Odoo's own runner on a fresh database, with Hoot in the browser."""
    modules = addons.names()
    arguments = [
        f"--database={bench.db}", f"--init={','.join(modules)}", "--with-demo",
        "--test-enable", f"--test-tags={','.join(f'/{name}' for name in modules)}",
        "--stop-after-init", f"--http-port={ports.free()}",
        "--log-level=warn",
        "--log-handler=py.warnings:ERROR", "--log-handler=odoo.tests:INFO",
        *(f"--log-handler=odoo.addons.{name}:INFO" for name in modules),
    ]  # fmt: skip
    bench.databases.drop(bench.db)
    yield bench.run("odoo", bench.odoo.command(*arguments))


def _pytest_odoo(bench: _Bench):
    """The same Python tests by pytest; the browser has had its turn."""
    modules = addons.names()
    if not bench.databases.exists(bench.db):
        bench.databases.create(bench.db, modules)
    options = [
        f"--odoo-database={bench.db}", f"--odoo-config={bench.odoo.config()}",
        f"--odoo-addons-path={','.join(map(str, bench.odoo.addons_paths))}",
        f"--odoo-extra=data-dir={bench.settings.odoo_data}", "-k", "not hoot",
    ]  # fmt: skip
    folders = [f"{name}/tests" for name in modules if (ROOT / name / "tests").is_dir()]
    yield bench.run("pytest-odoo", [*_PYTEST_ODOO, *options, *folders])


def _e2e(bench: _Bench):
    """Several people in browsers, against a real server in both its shapes."""
    yield bench.run("e2e", [*_PYTEST, "e2e", "--timeout=300"])


_STAGES = {"plain": _plain, "odoo": _odoo, "pytest-odoo": _pytest_odoo, "e2e": _e2e}
