"""What the audit costs those who write."""

import argparse
from pathlib import Path

from benchmarks import odoo_shell

_SCRIPT = Path(__file__).with_name("audit_overhead_in_odoo.py")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.audit_overhead", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=60, help="of each kind (60)")
    samples = odoo_shell.run(_SCRIPT, parser.parse_args().rounds)
    odoo_shell.print_table("write and commit", samples)


if __name__ == "__main__":
    main()
