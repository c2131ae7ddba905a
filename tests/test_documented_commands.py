"""Promise: the commands that the pages show do what is said of them. What takes minutes
is not run here: that its target, module and options exist is checked."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from benchmarks.__main__ import NAMES as BENCHMARKS
from tests import documented
from tests.documented import PAGES, PYTHON
from tools import settings
from tools import test as make_test
from tools.settings import ROOT

# where a command is shown first
CASES = {
    command: page for page in reversed(PAGES) for command in documented.commands(page)
}
# these take minutes, and more; e2e and CI run the first three
_LONG = {"run", "test", "lint", "bench"}
# make must not hear of the make that runs these tests, or of its choices
_ENVIRON = {
    name: value
    for name, value in os.environ.items()
    if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ONLY", "STAGES")
}
_SUMMARY = re.compile(r"(\d+)(/\d+)? tests? collected")


def call(command, cwd=ROOT, **variables):
    """Run a command to its end; return what it wrote."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        cwd=cwd,
        env=_ENVIRON | variables,
    )
    assert not done.returncode, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A checkout of its own, without git: what it holds may be removed."""
    target = tmp_path_factory.mktemp("checkout")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in call(listed).splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.mark.parametrize("command", CASES)
def test_command(command, copy):
    program, *arguments = shlex.split(command)
    if program == "make":
        _check_make(arguments, copy)
    elif program == PYTHON and arguments[0] == "-m":
        _check_module(*arguments[1:])
    elif program in documented.BENCHMARKS:
        _check_module(f"benchmarks.{program}", *arguments)
    else:
        pytest.fail(f"nothing checks this command of {CASES[command]}")


def _check_make(arguments, copy):
    targets = [word for word in arguments if "=" not in word]
    variables = dict(word.split("=") for word in arguments if "=" in word)
    stages = variables.pop("STAGES", "").split()
    assert set(stages) <= set(make_test.STAGES)
    benchmarks = variables.pop("ONLY", "").split()
    assert set(benchmarks) <= set(BENCHMARKS)
    words = {"test": stages, "bench": benchmarks}
    for name, value in variables.items():
        assert settings.load({name: value}) != settings.load({}), f"no use of {name}"
    # python: what make would call otherwise may lack what is installed here
    make = ["make", f"PYTHON={sys.executable}"]
    would = call([*make, "--dry-run", *arguments], cwd=copy).splitlines()
    assert [shlex.split(line)[1:] for line in would] == [
        ["-m", "tools", target, *words.get(target, ())] for target in targets
    ]
    for target in targets:
        assert f"usage: tools {target}" in call(
            [sys.executable, "-m", "tools", target, "--help"]
        )
        if target not in _LONG:
            _EFFECTS[target]([*make, target], copy)


def _check_setup(make, copy):
    # what is there already is not fetched again
    data = settings.load().data
    call(make, cwd=copy, ODOO_DATA=str(data))
    assert (data / "rtlcss").is_dir()


def _check_readme(make, copy):
    pages = [
        *copy.glob("*/README.rst"),
        *copy.glob("*/static/description/index.html"),
    ]
    assert len(pages) == 4
    for page in pages:
        page.unlink()
    call(make, cwd=copy, ODOO_DATA=str(settings.load().data))
    for page in pages:
        name = page.relative_to(copy)
        assert page.read_text() == (ROOT / name).read_text(), f"{name}: make readme"


def _check_clean(make, copy):
    data, cache = copy / ".odoo", copy / "tools" / "__pycache__"
    for folder in (data, cache):
        folder.mkdir(exist_ok=True)
    (data / ".amanat").touch()
    call(make, cwd=copy, ODOO_DATA=str(data))
    assert not data.exists()
    assert (copy / "Makefile").exists()


_EFFECTS = {"setup": _check_setup, "readme": _check_readme, "clean": _check_clean}


def _check_module(module, *arguments):
    if module == "pytest":
        # running them takes minutes
        collect = ["--collect-only", "-q", "-o", "addopts=-p no:odoo"]
        found = _SUMMARY.search(
            call([sys.executable, "-m", module, *arguments, *collect])
        )
        assert found and int(found[1])
        return
    usage = call([sys.executable, "-m", module, "--help"])
    assert f"usage: {module}" in usage
    for option in (word for word in arguments if word.startswith("-")):
        assert option.partition("=")[0] in usage.split(), f"no option {option}"


def test_commands_are_found():
    assert {
        "make run WORKERS=2": "README.md",
        'make test STAGES="plain e2e"': "Makefile",
        f"{PYTHON} -m e2e.screenshots": "e2e/README.md",
        f"{PYTHON} -m benchmarks.latency": "benchmarks/README.md",
        "large_list --seconds 60": "benchmarks/README.md",
    }.items() <= CASES.items()


def test_all_benchmarks_are_documented():
    shown = {command.rpartition(" benchmarks.")[2] for command in CASES}
    assert {*documented.BENCHMARKS, *BENCHMARKS} <= shown
