"""What the audit costs those who write."""

from benchmarks import odoo_shell

if __name__ == "__main__":
    odoo_shell.main("audit_overhead", __doc__, "write and commit")
