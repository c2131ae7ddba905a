# Run by write_overhead.py in Odoo's shell, one for each database.
import gc
import time
from multiprocessing.connection import Client

from odoo import api

# where it shows that a mode did what it is about
EVIDENCE = {
    "watched": "bus_bus",
    "audited": "amanat_activity",
    "one _sendone": "bus_bus",
    "mail tracking": "mail_tracking_value",
    "OCA auditlog": "auditlog_log",
}


def main(env, address, made):
    # the shell's own transaction would keep what is updated from being cleaned up
    env.cr.rollback()
    with Client(address) as connection:
        connection.send("ready")
        while order := connection.recv():
            connection.send(timed(env, made, *order))


def timed(env, made, case, mode, number):
    before = evidence(env, mode)
    context = {} if mode == "mail tracking" else {"tracking_disable": True}
    with env.registry.cursor() as cr:
        own = api.Environment(cr, 2, context)
        change = prepared(own, made, case, number)
        gc.collect()
        gc.disable()
        begin = time.perf_counter()
        change()
        if mode == "one _sendone":
            own["bus.bus"]._sendone("benchmark", "benchmark", {"number": number})
        cr.commit()
        took = time.perf_counter() - begin
        gc.enable()
    if before is not None and evidence(env, mode) <= before:
        raise RuntimeError(f"{case}: {mode} left no trace")
    return took


def evidence(env, mode):
    if mode not in EVIDENCE:
        return None
    with env.registry.cursor() as cr:
        # a constant of this file
        cr.execute(f"SELECT coalesce(max(id), 0) FROM {EVIDENCE[mode]}")  # noqa: S608
        return cr.fetchone()[0]


def prepared(env, made, case, number):
    if case == "an order with 50 lines":
        order = env["sale.order"].browse(made["order"])
        lines = [(1, id_, {"price_unit": number + id_}) for id_ in made["lines"]]
        vals = {"client_order_ref": str(number), "order_line": lines}
        return lambda: order.write(vals)
    if case == "1 record of a light model":
        tag = env["res.partner.category"].browse(made["tag"])
        return lambda: tag.write({"color": number})
    partners = env["res.partner"].browse(made["partners"])
    if case == "1 record":
        return lambda: partners[0].write({"phone": str(number)})
    if case == "1000 records, one value":
        return lambda: partners.write({"phone": str(number)})
    return lambda: own_values(partners[:100], number)


def own_values(partners, number):
    for offset, partner in enumerate(partners):
        partner.phone = str(number + offset)
