"""What it costs to compare a save with what is stored."""

import argparse
from pathlib import Path

from benchmarks import odoo_shell

_SCRIPT = Path(__file__).with_name("save_guard_in_odoo.py")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.save_guard", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="of each kind (60)")
    samples = odoo_shell.run(_SCRIPT, parser.parse_args().rounds)
    odoo_shell.print_table("web_save and commit", samples)


if __name__ == "__main__":
    main()
