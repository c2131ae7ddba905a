"""Promise: each addon can be installed with pip, and what is installed is all of it."""

import ast
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tools import addons, odoo_source, settings
from tools.settings import ROOT

# what whool itself says about the package, or needs only to build it
_BUILD_ONLY = {"pyproject.toml"}
_LEFT_BY_RUNS = re.compile(r"__pycache__|\.py[co]$|(^|/)\.|artifacts|\.log$|~$")
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
_FIND = """
import importlib
import sys
from odoo.modules.module import Manifest
from odoo.tools import config, file_open

config.parse_config([])
for name in sys.argv[1:]:
    manifest = Manifest.for_addon(name)
    package = importlib.util.find_spec(f"odoo.addons.{name}")
    print(name, manifest["version"], package.origin)
    for path in manifest["data"] + manifest["demo"]:
        with file_open(f"{name}/{path}") as opened:
            assert opened.read(), path
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """The wheel of each addon, by its name."""
    target = tmp_path_factory.mktemp("wheels")
    sources = [ROOT / name for name in addons.names()]
    # no build isolation: what builds is installed already
    options = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*_PIP, "wheel", *options, "-w", target, *sources], check=True)
    return {
        name: next(target.glob(f"odoo_addon_{name}-*.whl")) for name in addons.names()
    }


@pytest.fixture(params=addons.names())
def addon(request):
    return request.param


@pytest.fixture
def contents(wheels, addon):
    """What the wheel of an addon installs of it: paths within the addon → bytes."""
    folder = f"odoo/addons/{addon}/"
    with zipfile.ZipFile(wheels[addon]) as wheel:
        return {
            name.removeprefix(folder): wheel.read(name)
            for name in wheel.namelist()
            if name.startswith(folder)
        }


@pytest.fixture
def manifest(addon):
    return read_manifest(addon)


def read_manifest(addon):
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())


def test_is_all_that_is_in_the_source(addon, contents):
    source = {
        str(path.relative_to(ROOT / addon)): path.read_bytes()
        for path in (ROOT / addon).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    missing = source.keys() - contents.keys() - _BUILD_ONLY
    assert not missing, "not in the wheel: is it added to git?"
    assert contents == {name: source[name] for name in contents}


def test_has_what_the_manifest_names(contents, manifest):
    assert set(manifest["data"]) | set(manifest.get("demo", ())) <= contents.keys()
    for bundle in manifest["assets"].values():
        for entry in bundle:
            pattern = entry if isinstance(entry, str) else entry[1]
            inside = Path(pattern).relative_to(Path(pattern).parts[0])
            regex = _as_regex(str(inside))
            assert any(map(regex.fullmatch, contents)), pattern


def test_has_what_people_read(contents):
    assert {
        "README.rst",
        "static/description/icon.png",
        "static/description/index.html",
    } <= contents.keys()
    assert any(re.fullmatch(r"i18n/\w+\.pot", name) for name in contents)
    assert any(re.fullmatch(r"i18n/\w+\.po", name) for name in contents)


def test_has_nothing_of_this_machine(contents):
    assert not [name for name in contents if _LEFT_BY_RUNS.search(name)]
    places = (str(ROOT).encode(), os.path.expanduser("~").encode() + b"/")
    for name, content in contents.items():
        assert not any(place in content for place in places), name


def test_version_is_that_of_the_manifest(wheels, addon, manifest):
    _name, version, *_tags = wheels[addon].stem.split("-")
    # whool appends the number of commits since that version was given
    assert re.fullmatch(re.escape(manifest["version"]) + r"(\.\d+)?", version)
    with zipfile.ZipFile(wheels[addon]) as wheel:
        [metadata] = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA")]
        lines = wheel.read(metadata).decode().splitlines()
    assert f"Version: {version}" in lines
    assert "Requires-Dist: odoo==19.0.*" in lines
    ours = set(manifest["depends"]) & set(addons.names())
    needed = {line for line in lines if line.startswith("Requires-Dist: odoo-addon-")}
    assert needed == {f"Requires-Dist: odoo-addon-{name}==19.0.*" for name in ours}


def test_is_found_by_odoo(wheels, tmp_path):
    """Installed beside an Odoo whose folders of addons do not have it."""
    home = tmp_path / "venv"
    venv.create(home)
    python = home / "bin" / "python"
    install = [*_PIP, "--python", python, "install", "--no-deps", "--no-index"]
    subprocess.run([*install, *wheels.values()], check=True)
    [site] = home.glob("lib/python3*/site-packages")
    # Odoo's own packages are where these tests run
    packages = Path(pytest.__file__).parents[1]
    (site / "odoo-needs.pth").write_text(f"{packages}\n")
    source = odoo_source.find(settings.load())
    done = subprocess.run(
        [python, "-c", _FIND, *wheels],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(source.root), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    installed = site / "odoo" / "addons"
    assert done.stdout.splitlines() == [
        f"{name} {read_manifest(name)['version']} {installed / name / '__init__.py'}"
        for name in wheels
    ]


def _as_regex(pattern):
    """What Odoo means by a pattern of assets: ``**/`` stands for any folders."""
    parts = re.split(r"(\*\*/|\*)", pattern)
    meanings = {"**/": "(?:.+/)?", "*": "[^/]*"}
    return re.compile("".join(meanings.get(part, re.escape(part)) for part in parts))
