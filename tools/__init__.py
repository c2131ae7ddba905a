"""How Odoo, PostgreSQL and a browser are obtained, started, tested and stopped."""
