# make run                live Odoo at http://localhost:8069 with both addons and demo data
# make run WORKERS=2      the same in production's shape: HTTP workers, websocket worker, proxy
# make test               every test; make test STAGES="plain e2e" runs some
# make bench              every benchmark; make bench ONLY="fanout latency" runs some
# make lint               every style check
# make readme             README.rst and the description pages, from the readme/ folders
# make clean              remove what the above made
#
# ODOO_HOME, PG* variables: use an Odoo 19 and a PostgreSQL that you have.
# ODOO_HTTP_PORT (8069), ODOO_DB (amanat), ODOO_DATA (.odoo): for a second copy beside the first.

PYTHON ?= python3

.PHONY: run test bench lint readme clean setup

run:
	@$(PYTHON) -m tools run

test:
	@$(PYTHON) -m tools test $(STAGES)

bench:
	@$(PYTHON) -m tools bench $(ONLY)

lint:
	@$(PYTHON) -m tools lint

readme:
	@$(PYTHON) -m tools readme

setup:
	@$(PYTHON) -m tools setup

clean:
	@$(PYTHON) -m tools clean
