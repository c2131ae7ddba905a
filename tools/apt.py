"""Debian packages, fetched and unpacked without installing anything.

apt does the work with lists and a cache of its own, so signatures are checked,
no rights are needed, and the machine's own package sources stay untouched.
"""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from tools import output
from tools.errors import ToolError

ODOO_SUITE = "sid"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_FORMAT = "$(REPO_URI)|$(ORIGIN)|$(LABEL)"


def fetch(title: str, packages: dict[str, str], target: Path, work: Path) -> None:
    """Unpack packages into a folder, all or nothing.

    :param packages: name of each package and the suite it is taken from
    :param target: the folder; it appears when it is complete
    :param work: scratch folder, which is removed
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise ToolError(
            f"{title}: this machine has no apt; install Odoo 19 yourself and set "
            "ODOO_HOME to it"
        )
    shutil.rmtree(work, ignore_errors=True)
    try:
        options = _private_apt(work, sorted(set(packages.values())))
        log = target.parent / "logs" / "apt.log"
        advice = "check the network and start again"
        output.work(
            f"{title}: package lists",
            ["apt-get", *options, "--error-on=any", "update"], log, advice=advice,
        )  # fmt: skip
        names = [f"{name}/{suite}" for name, suite in packages.items()]
        debs, total = work / "debs", _total_size(options, names)
        debs.mkdir()
        output.work(
            f"{title}: download ({total} MB)",
            ["apt-get", *options, "download", *names], log, advice=advice, cwd=debs,
            detail=lambda: f"{_megabytes(debs)} of {total} MB",
        )  # fmt: skip
        making = work / "unpacked"
        unpack = 'for deb in "$0"/*.deb; do dpkg -x "$deb" "$1" || exit; done'
        output.work(
            f"{title}: unpack", ["sh", "-c", unpack, debs, making], log,
            advice="check the free disk space", detail=lambda: "",
        )  # fmt: skip
        shutil.rmtree(target, ignore_errors=True)
        making.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def codename() -> str:
    """The release of Debian that this machine runs."""
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME", ODOO_SUITE)
    except OSError:
        return ODOO_SUITE


def _private_apt(work: Path, suites: list[str]) -> list[str]:
    for name in ("lists/partial", "cache/archives/partial"):
        (work / name).mkdir(parents=True)
    settings = {
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": 2,
    }
    if os.geteuid() == 0:
        # apt's own account may not reach the data folder
        settings["APT::Sandbox::User"] = "root"
    mirror = _mirror([]) or _mirror_after_update(_options(settings))
    sources = work / "debian.sources"
    sources.write_text(
        f"Types: deb\nURIs: {mirror}\nSuites: {' '.join(suites)}\n"
        f"Components: main\nSigned-By: {_KEYRING}\n"
    )
    settings["Dir::Etc::sourcelist"] = sources
    settings["Dir::Etc::sourceparts"] = "/dev/null"
    return _options(settings)


def _options(settings: dict[str, object]) -> list[str]:
    return [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]


def _mirror(options: list[str]) -> str | None:
    """Where this machine gets Debian from: the only place it may be able to reach."""
    targets = subprocess.run(
        ["apt-get", *options, "indextargets", "--format", _FORMAT],
        capture_output=True, text=True,
    )  # fmt: skip
    for line in targets.stdout.splitlines():
        uri, origin, label = line.split("|")
        if (origin, label) == ("Debian", "Debian"):
            return uri
    return None


def _mirror_after_update(options: list[str]) -> str:
    # a machine that never fetched its package lists does not know what is Debian's
    subprocess.run(["apt-get", *options, "update"], capture_output=True)
    mirror = _mirror(options)
    if not mirror:
        raise ToolError(
            "no Debian package source answers, from which Odoo 19 could be downloaded: "
            "check the network and apt's sources, or set ODOO_HOME to an Odoo 19"
        )
    return mirror


def _total_size(options: list[str], names: list[str]) -> int:
    shown = subprocess.run(
        ["apt-cache", *options, "show", *names], capture_output=True, text=True
    )
    sizes = re.findall(r"^Size: (\d+)$", shown.stdout, re.MULTILINE)
    return sum(map(int, sizes)) // 10**6


def _megabytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir()) // 10**6
