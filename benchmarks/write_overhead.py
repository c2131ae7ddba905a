"""What live models cost those who write, with and without watchers."""

import argparse
import json
import statistics
import subprocess
from pathlib import Path

from tools import server

_SCRIPT = Path(__file__).with_name("write_overhead_in_odoo.py")
_MARK = "RESULT "
_BASE = "disabled"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.write_overhead", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=60, help="of each kind (60)")
    rounds = parser.parse_args().rounds
    with server.running(modules=("mail",), options=["--max-cron-threads=0"]) as odoo:
        samples = _run(odoo, rounds)
    print("| write and commit | " + " | ".join(_modes(samples)) + " |")
    print("|---|" + "---|" * len(_modes(samples)))
    for case, by_mode in samples.items():
        base = statistics.median(by_mode[_BASE])
        medians = {mode: statistics.median(times) for mode, times in by_mode.items()}
        cells = [f"{m * 1000:.2f} ms (× {m / base:.2f})" for m in medians.values()]
        print(f"| {case} | {' | '.join(cells)} |")


def _modes(samples: dict) -> list[str]:
    return list(next(iter(samples.values())))


def _run(odoo: server.Server, rounds: int) -> dict:
    """Let Odoo's shell run the script: no HTTP, no browser, just the ORM."""
    command = odoo.odoo.command("shell", f"--database={odoo.db}", "--no-http")
    script = f"{_SCRIPT.read_text()}\nmain(env, {rounds})\n"
    done = subprocess.run(
        command,
        env=odoo.odoo.environ(),
        input=script,
        capture_output=True,
        text=True,
    )
    for line in done.stdout.splitlines():
        if line.startswith(_MARK):
            return json.loads(line.removeprefix(_MARK))
    raise RuntimeError(f"no result:\n{done.stdout}\n{done.stderr}"[-4000:])


if __name__ == "__main__":
    main()
