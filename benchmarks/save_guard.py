"""What it costs to compare a save with what is stored."""

from benchmarks import odoo_shell

if __name__ == "__main__":
    odoo_shell.main("save_guard", __doc__, "web_save and commit")
