"""What the figures of the monitoring screen cost those who write and those who read."""

from benchmarks import odoo_shell

if __name__ == "__main__":
    odoo_shell.main("counting", __doc__, "watched model", rounds=200)
