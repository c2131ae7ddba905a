"""Measuring inside of Odoo: no HTTP, no browser, just the ORM."""

import argparse
import contextlib
import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import helper, report
from benchmarks.helper import Helper
from tools import process, server
from tools.settings import ROOT

_MARK = "RESULT "


def main(name: str, doc: str, title: str, rounds: int = 60) -> None:
    """Be the command of a benchmark: measure, and print a table.

    :param name: of its module; what runs in Odoo is ``<name>_in_odoo.py`` beside it
    :param doc: what the benchmark is about
    :param title: of the first column
    :param rounds: of each kind, unless the command says another number
    """
    parser = argparse.ArgumentParser(prog=f"benchmarks.{name}", description=doc)
    parser.add_argument(
        "--rounds", type=int, default=rounds, help=f"of each kind ({rounds})"
    )
    script = Path(__file__).with_name(f"{name}_in_odoo.py")
    rounds = parser.parse_args().rounds
    machine = report.machine()
    samples = run(script, rounds)
    print_table(title, samples)
    content = {"machine": machine, "rounds": rounds, "seconds": medians(samples)}
    report.save(name, content)


def run(script: Path, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Run a script with a ``main(env, rounds)`` in the shell of a fresh Odoo.

    :return: seconds, by case and by mode
    :raises RuntimeError: the script gave no result
    """
    with server.running(modules=("mail",), options=["--max-cron-threads=0"]) as odoo:
        return call(odoo, script, rounds)


def call(odoo: server.Server, script: Path, *arguments):
    """Run a script with a ``main(env, …)`` in a shell on a server's database.

    :return: what the script printed as its result
    :raises RuntimeError: the script gave no result
    """
    done = subprocess.run(
        _command(odoo),
        env=_environ(odoo),
        input=_source(script, *arguments),
        capture_output=True,
        text=True,
    )
    for line in done.stdout.splitlines():
        if line.startswith(_MARK):
            return json.loads(line.removeprefix(_MARK))
    raise RuntimeError(f"no result:\n{done.stdout}\n{done.stderr}"[-4000:])


@contextlib.contextmanager
def helping(odoo: server.Server, script: Path, *arguments) -> Iterator[Helper]:
    """Have a shell that runs a script with a ``main(env, address, …)``, which connects
    to the address and does what it is asked.
    """

    def start(address: str):
        with tempfile.TemporaryFile("w+") as text:
            text.write(_source(script, address, *arguments))
            text.seek(0)
            return process.start(
                _command(odoo),
                log=odoo.odoo.settings.logs / f"bench-{script.stem}.log",
                env=_environ(odoo),
                stdin=text,
            )

    with helper.helping(start) as found:
        yield found


def _command(odoo: server.Server) -> list[str]:
    """The command of a shell, which runs what it reads."""
    return odoo.odoo.command(
        "shell", f"--database={odoo.db}", "--no-http", "--log-level=warn"
    )


def _environ(odoo: server.Server) -> dict[str, str]:
    """The environment of a shell; the benchmarks can be imported in it."""
    environ = odoo.odoo.environ()
    return environ | {"PYTHONPATH": f"{environ['PYTHONPATH']}:{ROOT}"}


def _source(script: Path, *arguments) -> str:
    """The text of a script, with a call of its ``main``."""
    return f"{script.read_text()}\nmain(env, *{arguments!r})\n"


def medians(samples: dict[str, dict[str, list[float]]]) -> dict:
    """Seconds, by case and by mode."""
    return {
        case: {mode: statistics.median(took) for mode, took in by_mode.items()}
        for case, by_mode in samples.items()
    }


def print_table(title: str, samples: dict[str, dict[str, list[float]]]) -> None:
    """Print medians, and what they are of the first mode; a case may lack others."""
    modes = list(next(iter(samples.values())))
    print(f"| {title} | " + " | ".join(modes) + " |")
    print("|---|" + "---|" * len(modes))
    for case, by_mode in medians(samples).items():
        base = by_mode[modes[0]]
        cells = [
            f"{by_mode[mode] * 1000:.2f} ms (× {by_mode[mode] / base:.2f})"
            if mode in by_mode
            else ""
            for mode in modes
        ]
        print(f"| {case} | {' | '.join(cells)} |")
