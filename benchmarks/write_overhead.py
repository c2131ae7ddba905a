"""What live models cost those who write: contacts and an order, with the addon and
without, beside a bus message, the tracking of mail, and OCA's auditlog.

Core models, because only those exist without the addon, and are tracked by mail.
"""

import argparse
import contextlib
import random
from pathlib import Path

from benchmarks import auditlog, odoo_shell, report
from benchmarks.helper import Helper
from tools import output, server
from tools import settings as settings_module
from tools.errors import ToolError

_MODULES = ("sale_management",)
_SETUP = Path(__file__).with_name("write_overhead_setup_in_odoo.py")
_AUTHOR = Path(__file__).with_name("write_overhead_in_odoo.py")
# which database each mode is measured in, in the order of the table
_MODES = {
    "without the addon": "bare",
    "unwatched": "addon",
    "watched": "watched",
    "audited": "audited",
    "one _sendone": "bare",
    "mail tracking": "bare",
    "OCA auditlog": "auditlog",
}
# a contact's tag: nothing is computed from it, and mail does not track it
_LIGHT = "1 record of a light model"
# of how many rounds each case has its share
_CASES = {
    "1 record": 2,
    _LIGHT: 4,
    "1000 records, one value": 0.5,
    "100 records, a value each": 0.5,
    "an order with 50 lines": 1,
}
# the first ones fill caches
_WARM_UP = 2


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.write_overhead", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=30, help="of each kind (30)")
    parser.add_argument(
        "--no-auditlog", action="store_true", help="without OCA's, which takes long"
    )
    options = parser.parse_args()
    rounds = options.rounds
    machine = report.machine()
    with contextlib.ExitStack() as stack:
        authors = _authors(stack, with_auditlog=not options.no_auditlog)
        samples = _measure(authors, rounds)
    odoo_shell.print_table("write and commit (median)", samples)
    content = {
        "machine": machine,
        "rounds": rounds,
        "seconds": odoo_shell.medians(samples),
    }
    report.save("write_overhead", content)


def _authors(stack: contextlib.ExitStack, with_auditlog: bool) -> dict[str, Helper]:
    """A process for each database."""
    found = {"bare": _author(stack, "bare", modules=_MODULES, bare=True)}
    for name in ("addon", "watched", "audited"):
        found[name] = _author(stack, name, modules=_MODULES)
    if not with_auditlog:
        return found
    try:
        path = auditlog.addons_path(settings_module.load())
    except ToolError as error:
        output.say(f"without auditlog: {error}")
    else:
        found["auditlog"] = _author(
            stack,
            "auditlog",
            modules=(*_MODULES, "auditlog"),
            bare=True,
            more_addons=[path],
        )
    return found


def _author(stack: contextlib.ExitStack, name: str, **options) -> Helper:
    odoo = stack.enter_context(
        server.running(options=["--max-cron-threads=0"], **options)
    )
    odoo.stop_odoo()
    made = odoo_shell.call(odoo, _SETUP, name)
    return stack.enter_context(odoo_shell.helping(odoo, _AUTHOR, made))


def _measure(authors: dict[str, Helper], rounds: int) -> dict[str, dict[str, list]]:
    every = {mode: authors[db] for mode, db in _MODES.items() if db in authors}
    samples, number = {}, 0
    for case, share in _CASES.items():
        output.say(case)
        modes = every.copy()
        if case == _LIGHT:
            del modes["mail tracking"]
        samples[case] = {mode: [] for mode in modes}
        for round_ in range(round(rounds * share) + _WARM_UP):
            # in changing order, so that all of them meet the same machine
            for mode in random.sample(list(modes), len(modes)):
                number += 10_000
                took = modes[mode].ask((case, mode, number))
                if round_ >= _WARM_UP:
                    samples[case][mode].append(took)
    return samples


if __name__ == "__main__":
    main()
