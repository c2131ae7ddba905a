"""What live models cost those who write, with and without watchers."""

import argparse
from pathlib import Path

from benchmarks import odoo_shell

_SCRIPT = Path(__file__).with_name("write_overhead_in_odoo.py")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.write_overhead", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=60, help="of each kind (60)")
    samples = odoo_shell.run(_SCRIPT, parser.parse_args().rounds)
    odoo_shell.print_table("write and commit", samples)


if __name__ == "__main__":
    main()
