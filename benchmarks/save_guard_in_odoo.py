# Run by save_guard.py in Odoo's shell. Both kinds take turns, in changing order, so
# that they meet the same machine.
import gc
import json
import random
import time

from odoo import api

MODEL = "amanat.test.realtime"
KEY = "amanat_realtime_base"
MODES = ("without bases", "with bases")
# the first ones fill caches
WARM_UP = 3


def main(env, rounds):
    lines = [(0, 0, {"name": f"line {n}", "quantity": n}) for n in range(50)]
    with env.registry.cursor() as cr:
        record = api.Environment(cr, env.uid, {})[MODEL].create(
            {"name": "benchmark", "line_ids": lines}
        )
    cases = {
        "1 field": (one_field, rounds * 4),
        "5 fields": (five_fields, rounds * 2),
        "50 lines, 2 fields each": (fields_of_lines, rounds),
    }
    samples = {case: {mode: [] for mode in MODES} for case in cases}
    number = 0
    for case, (change, count) in cases.items():
        for round_ in range(count + WARM_UP):
            for mode in random.sample(MODES, len(MODES)):
                number += 1
                took = timed(env, record.id, change, mode, number)
                if round_ >= WARM_UP:
                    samples[case][mode].append(took)
    print("RESULT " + json.dumps(samples))


def timed(env, id_, change, mode, number):
    vals, bases = prepared(env, id_, change, number)
    context = {KEY: {str(id_): bases}} if mode == "with bases" else {}
    with env.registry.cursor() as cr:
        record = api.Environment(cr, env.uid, context)[MODEL].browse(id_)
        gc.collect()
        gc.disable()
        begin = time.perf_counter()
        record.web_save(vals, {"display_name": {}})
        cr.commit()
        took = time.perf_counter() - begin
        gc.enable()
    return took


def prepared(env, id_, change, number):
    """What a browser knows: read in a transaction of its own, with nobody watching."""
    with env.registry.cursor() as cr:
        cr.execute("DELETE FROM amanat_realtime_lease")
        record = api.Environment(cr, env.uid, {})[MODEL].browse(id_)
        return change(record, number)


def one_field(record, number):
    return {"quantity": number}, {"quantity": record.quantity}


def five_fields(record, number):
    vals = {
        "quantity": number,
        "name": f"benchmark {number}",
        "description": f"text {number}",
        "amount": float(number),
        "color": number % 12,
    }
    return vals, {name: record[name] for name in vals}


def fields_of_lines(record, number):
    lines = record.line_ids
    commands = [
        (1, line.id, {"quantity": number + n, "price": n})
        for n, line in enumerate(lines)
    ]
    bases = {str(r.id): {"quantity": r.quantity, "price": r.price} for r in lines}
    return {"line_ids": commands}, {"line_ids": bases}
