"""What the figures of the monitoring screen cost those who write and those who read."""

import argparse
from pathlib import Path

from benchmarks import odoo_shell

_SCRIPT = Path(__file__).with_name("counting_in_odoo.py")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.counting", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="of each kind (200)")
    samples = odoo_shell.run(_SCRIPT, parser.parse_args().rounds)
    odoo_shell.print_table("watched model", samples)


if __name__ == "__main__":
    main()
