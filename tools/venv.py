"""The virtual environment in which Odoo, the tests and these tools themselves run."""

import hashlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from tools import apt, locks, output
from tools.errors import ToolError
from tools.odoo_source import OdooSource
from tools.settings import Settings

HERE = Path(__file__).resolve().parent


def ensure(settings: Settings, source: OdooSource, *extra: str) -> Path:
    """Return the Python of the environment, made or brought up to date where needed.

    :param extra: further lists of packages, ``test`` for ``requirements-test.txt``
    """
    names = [] if source.importable else ["odoo"]
    names += [] if settings.external_postgres else ["postgres"]
    home = _home(settings, source)
    python = home / "bin" / "python"
    if Path(sys.prefix) != home:
        with locks.exclusive(settings.locks / home.name):
            if create(home, settings) and source.importable:
                _link_host(home)
    with locks.exclusive(settings.locks / home.name):
        for name in [*names, *extra]:
            install(home, name, settings)
    return python


def _home(settings: Settings, source: OdooSource) -> Path:
    here = Path(sys.prefix)
    if here.parent == settings.data and here.name.startswith("venv"):
        return here
    if not source.importable:
        return settings.data / "venv"
    key = hashlib.sha256(sys.prefix.encode()).hexdigest()[:8]
    return settings.data / f"venv-{key}"


def create(home: Path, settings: Settings) -> bool:
    """Make a virtual environment; return whether it is new."""
    stamp = home / "made-with"
    made_with = f"{sys.version_info[:2]} {home}"
    if stamp.exists() and stamp.read_text() == made_with:
        return False
    without_pip = [] if _has_ensurepip() else ["--without-pip"]
    output.work(
        "Python environment",
        [sys.executable, "-m", "venv", "--clear", *without_pip, home],
        settings.logs / "venv.log",
        advice="check that 'python3 -m venv' works", detail=lambda: "",
    )  # fmt: skip
    if without_pip:
        _install_pip(home, settings)
    stamp.write_text(made_with)
    return True


def install(home: Path, name: str, settings: Settings) -> None:
    """Have the packages of one of the lists in an environment."""
    listed = HERE / f"requirements-{name}.txt"
    stamp = home / f"installed-{name}"
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    command = [
        home / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check",
        "--retries", "2", "--no-input", "--prefer-binary", "--progress-bar", "off",
        "-r", listed,
    ]  # fmt: skip
    log = settings.logs / f"pip-{name}.log"
    output.work(
        f"Python packages ({name})", command, log, detail=lambda: _progress(log),
        advice="check the network and start again",
    )  # fmt: skip
    stamp.write_text(digest)


def _link_host(home: Path) -> None:
    """Let the environment see the packages of the Python that it was made with."""
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    folders = [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    calls = (f"site.addsitedir({folder!r})" for folder in dict.fromkeys(folders))
    (site / "host.pth").write_text(f"import site; {'; '.join(calls)}\n")


def _has_ensurepip() -> bool:
    """Debian leaves pip out of Python unless another package is installed."""
    return not subprocess.run(
        [sys.executable, "-c", "import ensurepip"], capture_output=True
    ).returncode


def _install_pip(home: Path, settings: Settings) -> None:
    wheels = settings.data / "pip"
    packages = {"python3-pip-whl": apt.codename()}
    apt.fetch("pip", packages, wheels, settings.data / "apt-pip")
    wheel = next(wheels.glob("usr/share/python-wheels/pip-*.whl"))
    output.work(
        "pip", [home / "bin/python", wheel / "pip", "install", "--no-index", wheel],
        settings.logs / "venv.log", advice="install Debian's python3-venv",
    )  # fmt: skip


def _progress(log: Path) -> str:
    steps = ("Collecting ", "Building ", "Installing ")
    lines = [line for line in output.tail(log) if line.startswith(steps)]
    return lines[-1] if lines else ""


def enter(python: Path) -> None:
    """Go on in the environment: replace this process unless it is there already."""
    if Path(sys.prefix) == python.parent.parent:
        return
    if not os.access(python, os.X_OK):
        raise ToolError(f"{python} cannot be run: remove {python.parent.parent}")
    os.execv(python, [str(python), "-m", "tools", *sys.argv[1:]])
