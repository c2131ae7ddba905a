"""What live models cost those who write, with and without watchers."""

from benchmarks import odoo_shell

if __name__ == "__main__":
    odoo_shell.main("write_overhead", __doc__, "write and commit")
