"""``make test``: every kind of test."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence

from tools import (
    addons,
    chromium,
    odoo_source,
    output,
    ports,
    postgres,
    rerun,
    rtlcss,
    stage,
    template,
)
from tools.beside import Beside
from tools.database import Databases
from tools.errors import ToolError
from tools.odoo import Odoo
from tools.settings import ROOT, Settings

_PYTEST = [sys.executable, "-m", "pytest", "--color=no"]
_WITHOUT_BROWSER = ("plain", "databases", "pytest-odoo", "uninstall")
# Hoot keeps one core busy for minutes: these have the other one
_BESIDE_HOOT = (*_WITHOUT_BROWSER, "e2e-workers")
_E2E = [*_PYTEST, "--verbose", "--timeout=300"]
# addopts in pyproject.toml keeps pytest-odoo out of the other stages
_PYTEST_ODOO = [*_PYTEST, "--override-ini=addopts=", "--odoo-http"]


def test(settings: Settings, names: Sequence[str] = ()) -> int:
    """Run the named stages, or all; return the exit code.

    :raises ToolError: there is no such stage
    """
    unknown = set(names) - set(STAGES)
    if unknown:
        raise ToolError(f"no stage {', '.join(unknown)}: choose of {', '.join(STAGES)}")
    chosen = [name for name in STAGES if name in (names or STAGES)]
    if set(chosen) - set(_WITHOUT_BROWSER):
        chromium.ensure(settings)
    source = odoo_source.find(settings)
    with contextlib.ExitStack() as stack:
        variables = stack.enter_context(postgres.running(settings))
        bench = _Bench(settings, Odoo(settings, source, variables))
        stack.callback(bench.close)
        results = list(_results(bench, chosen))
    for result in results:
        if result.failures:
            output.say(f"\n===== failures of {result.name} =====")
            output.say("\n".join(result.failures))
    output.say("\n===== summary =====")
    for result in results:
        output.say(str(result))
    return 0 if all(result.passed for result in results) else 1


def _results(bench: "_Bench", chosen: Sequence[str]) -> Iterator[stage.Result]:
    beside = [name for name in chosen if "odoo" in chosen and name in _BESIDE_HOOT]
    for name in chosen:
        if name == "odoo":
            with bench.beside(beside) as others:
                yield from _odoo(bench)
                yield from others.results()
        elif name not in beside:
            yield from STAGES[name](bench)


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

    @contextlib.contextmanager
    def beside(self, names: Sequence[str]) -> Iterator[Beside]:
        """Run stages, on databases of their own, as long as others run."""

        def work() -> list[stage.Result]:
            bench = _Bench(self.settings, self.odoo)
            try:
                return [result for name in names for result in STAGES[name](bench)]
            finally:
                bench.close()

        started = Beside(work, self.settings.logs / "test-beside.log")
        try:
            yield started
        finally:
            started.stop()


def _plain(bench: _Bench):
    """Tests that need no Odoo."""
    yield bench.run("plain", [*_PYTEST, "tests", "tools/tests"])


def _databases(bench: _Bench):
    """Nothing is tested, but there is then what the next stages copy."""
    for modules in (), template.BUSINESS_MODULES:
        template.prepare(bench.databases, modules)
    return iter(())


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
    template.copy_to(bench.databases, bench.db, ())
    options = [
        f"--odoo-database={bench.db}", f"--odoo-config={bench.odoo.config()}",
        f"--odoo-addons-path={','.join(map(str, bench.odoo.addons_paths))}",
        f"--odoo-extra=data-dir={bench.settings.odoo_data}", "-k", "not hoot",
    ]  # fmt: skip
    folders = [f"{name}/tests" for name in modules if (ROOT / name / "tests").is_dir()]
    yield bench.run("pytest-odoo", [*_PYTEST_ODOO, *options, *folders])


def _uninstall(bench: _Bench):
    """What is left of the addon when it is gone, on a server without a browser."""
    yield bench.run("uninstall", [*_PYTEST, "e2e/test_uninstall.py", "--timeout=300"])


def _e2e_workers(bench: _Bench):
    """Several people in browsers, against a server with workers behind a proxy."""
    yield _browsers(bench, "e2e-workers", "-m", "workers")


def _e2e(bench: _Bench):
    """The same, and more of it, against a server of one process."""
    rtlcss.ensure(bench.settings)
    # tests wait for much: two would leave a core idle for a fifth of the time
    several = ["-m", "not workers and not measures", "--numprocesses=3"]
    yield _browsers(bench, "e2e", *several)
    yield _browsers(bench, "e2e-measures", "-m", "measures and not workers")


def _browsers(bench: _Bench, name: str, *options: str) -> stage.Result:
    tests = ["e2e", "--ignore=e2e/test_uninstall.py"]
    return rerun.confirm(
        bench.run(name, [*_E2E, *tests, *options]),
        lambda failed: bench.run(f"{name}-again", [*_E2E, *failed]),
    )


STAGES = {
    "plain": _plain,
    "databases": _databases,
    "odoo": _odoo,
    "pytest-odoo": _pytest_odoo,
    "uninstall": _uninstall,
    "e2e-workers": _e2e_workers,
    "e2e": _e2e,
}
