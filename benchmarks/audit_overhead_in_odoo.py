# Run by audit_overhead.py in Odoo's shell. The kinds take turns, in changing order, so
# that all of them meet the same machine.
import gc
import json
import random
import time

from odoo import api

MODEL = "amanat.test.realtime"
# who is told, and whether it is noted
MODES = {
    "plain": (False, False),
    "watched": (True, False),
    "audited": (False, True),
    "watched and audited": (True, True),
}
# the first ones fill caches
WARM_UP = 3


def main(env, rounds):
    with env.registry.cursor() as cr:
        inside = api.Environment(cr, env.uid, {})
        ids = (
            inside[MODEL].create([{"name": f"benchmark {n}"} for n in range(1000)])._ids
        )
        tags = inside["amanat.test.realtime.tag"].create(
            [{"name": f"benchmark {n}"} for n in range(2)]
        )
        model_id = inside["ir.model"]._get_id(MODEL)
        line = inside["amanat.realtime.model"].create({"model_id": model_id})
        line_id, tag_ids = line.id, tags.ids

    def tag(records, number):
        records.write({"tag_ids": [(6, 0, [tag_ids[number // 10_000 % 2]])]})

    cases = {
        "1 record": (ids[:1], one_value, rounds * 4),
        "100 records, a value each": (ids[:100], own_values, rounds),
        "1000 records, one value": (ids, one_value, rounds // 2),
        "1000 records, a value each": (ids, own_values, rounds // 4),
        "100 records, other tags": (ids[:100], tag, rounds // 2),
    }
    samples = {case: {mode: [] for mode in MODES} for case in cases}
    number = 0
    for case, (some, change, count) in cases.items():
        for round_ in range(count + WARM_UP):
            for mode in random.sample([*MODES], len(MODES)):
                switch(env, line_id, *MODES[mode])
                number += 10_000
                took = timed(env, some, change, number)
                if round_ >= WARM_UP:
                    samples[case][mode].append(took)
    print("RESULT " + json.dumps(samples))


def timed(env, ids, change, number):
    with env.registry.cursor() as cr:
        records = api.Environment(cr, env.uid, {})[MODEL].browse(ids)
        gc.collect()
        gc.disable()
        begin = time.perf_counter()
        change(records, number)
        cr.commit()
        took = time.perf_counter() - begin
        gc.enable()
    return took


def switch(env, line_id, watched, audited):
    with env.registry.cursor() as cr:
        inside = api.Environment(cr, 1, {})
        cr.execute("DELETE FROM amanat_realtime_lease")
        if watched:
            inside["amanat.realtime.lease"]._grant([MODEL])
        inside["amanat.realtime.model"].browse(line_id).audit = audited
    with env.registry.cursor() as cr:
        # what a server has long since looked up
        inside = api.Environment(cr, 1, {})
        for name in (MODEL, "amanat.test.realtime.line"):
            inside[name]._realtime_recording()
            inside[name]._realtime_rule_fields()
            inside[name]._realtime_auditable()


def one_value(records, number):
    records.write({"quantity": number})


def own_values(records, number):
    for offset, record in enumerate(records):
        record.quantity = number + offset
