"""Promise: uninstalling the addon leaves nothing of it behind, and models that were
live work as if it had never been there.
"""

import subprocess

import pytest

from e2e.activation import Activation
from e2e.database import cursor
from e2e.odoo_client import OdooClient
from tools import addons, server

PARTNER = "res.partner"
MODULES = ["amanat_realtime", "amanat_realtime_demo"]

# every name in PostgreSQL's catalogue: tables, indexes and sequences; columns;
# constraints; functions; triggers; types
_NAMES = """
    SELECT relname FROM pg_class UNION SELECT attname FROM pg_attribute
    UNION SELECT conname FROM pg_constraint UNION SELECT proname FROM pg_proc
    UNION SELECT tgname FROM pg_trigger UNION SELECT typname FROM pg_type
"""
# where Odoo keeps what addons bring, and what was made with them
_ROWS = {
    "ir_model": "model",
    "ir_model_fields": "name || ' ' || model || ' ' || coalesce(relation, '')",
    "ir_model_relation": "name",
    "ir_model_constraint": "name",
    "ir_model_data": "module || ' ' || name || ' ' || model",
    "ir_model_access": "name",
    "ir_config_parameter": "key",
    "ir_act_window": "res_model",
    "ir_ui_view": "model || ' ' || coalesce(arch_db::text, '')",
    "ir_ui_menu": "name::text",
    "ir_rule": "name",
    "ir_filters": "model_id",
    "ir_attachment": "coalesce(res_model, '') || ' ' || coalesce(url, '')",
    "res_groups": "name::text || coalesce(comment::text, '')",
    "bus_bus": "channel || message",
}
_CLASSES = """
print("FOUND", [
    f"{name}: {cls}"
    for name, model in env.registry.items()
    for cls in model.mro()
    if "amanat" in f"{cls.__module__} {cls.__name__} {getattr(cls, '_name', '')}"
])
"""


@pytest.fixture(scope="module")
def odoo():
    """A server of its own: nothing of the addon is left for others."""
    with server.running(modules=(), options=["--max-cron-threads=0"]) as running:
        yield running


def traces(odoo):
    """Return everything in the database that has to do with the addon."""
    with cursor(odoo) as cr:
        cr.execute(f"SELECT * FROM ({_NAMES}) names(name) WHERE name ~* 'amanat'")
        found = [f"catalogue: {name}" for [name] in cr.fetchall()]
        for table, text in _ROWS.items():
            cr.execute(f"SELECT {text} FROM {table} WHERE {text} ~* 'amanat'")
            found += [f"{table}: {content[:200]}" for [content] in cr.fetchall()]
    return found


def classes(odoo):
    """Return what Odoo's own shell sees of the addon in the classes of all models."""
    command = odoo.odoo.command("shell", f"--database={odoo.db}", "--no-http")
    environ = odoo.odoo.environ()
    done = subprocess.run(
        command,
        env=environ,
        input=_CLASSES,
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = [line for line in done.stdout.splitlines() if "FOUND" in line]
    assert lines, done.stderr
    return lines[0].partition("FOUND ")[2]


def test_uninstall(odoo):
    admin = OdooClient(odoo.url, odoo.db, "admin")
    activation = Activation(admin)
    activation.set_live(PARTNER)
    [id_] = admin.create({"name": "Azure"}, model=PARTNER)
    # watched, recorded and put on the bus
    admin.call(PARTNER, "web_search_read", [["id", "=", id_]], {"name": {}})
    admin.write(id_, model=PARTNER, name="Azure Interior")
    activation.set_enabled(False)
    before = traces(odoo)
    assert any('"model":"res.partner"' in found for found in before), before
    assert "ir_config_parameter: amanat_realtime.enabled" in before
    assert PARTNER in classes(odoo)

    known = [["name", "in", MODULES], ["state", "=", "installed"]]
    modules = admin.call("ir.module.module", "search", known)
    assert len(modules) == len(addons.names())
    admin.call("ir.module.module", "button_immediate_uninstall", modules)

    admin.write(id_, model=PARTNER, name="Azure again")
    assert admin.read(id_, "name", model=PARTNER)["name"] == "Azure again"
    assert admin.call(PARTNER, "web_save", [id_], {"city": "Riga"}, {"city": {}})
    # Odoo keeps the list of modules there are
    assert [t for t in traces(odoo) if "module_amanat_realtime" not in t] == []
    assert classes(odoo) == "[]"
    admin.unlink(id_, model=PARTNER)
