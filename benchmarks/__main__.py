"""Run benchmarks, one after the other: all of them, or those that are named."""

import argparse
import subprocess
import sys

from tools import output
from tools.settings import ROOT

#: those that compare us with others come first
NAMES = (
    "fanout",
    "write_overhead",
    "latency",
    "list_patches",
    "message_size",
    "large_list",
    "save_guard",
    "audit_overhead",
    "counting",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    asked = parser.parse_args().names
    if unknown := set(asked) - set(NAMES):
        parser.error(f"no benchmark {', '.join(unknown)}: choose of {', '.join(NAMES)}")
    failed = []
    for name in asked or NAMES:
        output.say(f"\n===== {name} =====")
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if subprocess.call(command, cwd=ROOT):
            failed.append(name)
    if failed:
        output.say(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
