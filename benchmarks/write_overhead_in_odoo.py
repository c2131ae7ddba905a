# Run by write_overhead.py in Odoo's shell. The kinds take turns, in changing order, so
# that all of them meet the same machine.
import gc
import json
import random
import time

from odoo import api

MODEL = "amanat.test.realtime"
DISABLE = {"amanat_realtime_disable": True}
MODES = ("disabled", "unwatched", "watched")
# the first ones fill caches
WARM_UP = 3


def main(env, rounds):
    with env.registry.cursor() as cr:
        ids = (
            api.Environment(cr, env.uid, DISABLE)[MODEL]
            .create([{"name": f"benchmark {number}"} for number in range(1000)])
            ._ids
        )
    cases = {
        "1 record": (ids[:1], one_value, rounds * 4),
        "100 records, a value each": (ids[:100], own_values, rounds),
        "1000 records, one value": (ids, one_value, rounds // 2),
        "1000 records, a value each": (ids, own_values, rounds // 4),
    }
    samples = {case: {mode: [] for mode in MODES} for case in cases}
    number = 0
    for case, (some, change, count) in cases.items():
        for round_ in range(count + WARM_UP):
            for mode in random.sample(MODES, len(MODES)):
                number += 10_000
                took = timed(env, some, change, mode, number)
                if round_ >= WARM_UP:
                    samples[case][mode].append(took)
    print("RESULT " + json.dumps(samples))


def timed(env, ids, change, mode, number):
    watch(env, mode == "watched")
    context = DISABLE if mode == "disabled" else {}
    with env.registry.cursor() as cr:
        records = api.Environment(cr, env.uid, context)[MODEL].browse(ids)
        gc.collect()
        gc.disable()
        begin = time.perf_counter()
        change(records, number)
        cr.commit()
        took = time.perf_counter() - begin
        gc.enable()
    return took


def watch(env, watched):
    with env.registry.cursor() as cr:
        cr.execute("DELETE FROM amanat_realtime_lease")
        if watched:
            api.Environment(cr, 1, {})["amanat.realtime.lease"]._grant([MODEL])


def one_value(records, number):
    records.write({"quantity": number})


def own_values(records, number):
    for offset, record in enumerate(records):
        record.quantity = number + offset
