# Run by counting.py in Odoo's shell. The two kinds take turns, so that both meet the
# same machine; what writes the figures down runs beside them, as in a server.
import gc
import json
import random
import time
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from odoo import api

from odoo.addons.amanat_realtime.channel import channel_tuple
from odoo.addons.amanat_realtime.delivery import deliver
from odoo.addons.amanat_realtime.recording import publish

MODEL = "amanat.test.realtime"
MODES = ("not counted", "counted")
READERS = 30
# the first ones fill caches
WARM_UP = 3


def main(env, rounds):
    with env.registry.cursor() as cr:
        own = api.Environment(cr, env.uid, {})
        ids = own[MODEL].create([{"name": f"{n}"} for n in range(100)])._ids
        own["amanat.realtime.lease"]._grant([MODEL])
    cases = {
        "write of 1 record and commit": lambda n: write(env, ids[:1], n),
        "write of 100 records, a value each, and commit": lambda n: write(env, ids, n),
        f"delivery of 1 message to {READERS} readers": lambda n: read(env, ids[:1], n),
    }
    samples = {case: {mode: [] for mode in MODES} for case in cases}
    number = 0
    for case, work in cases.items():
        for round_ in range(rounds + WARM_UP):
            for mode in random.sample(MODES, len(MODES)):
                number += 1000
                with not_counting() if mode == MODES[0] else nullcontext():
                    took = work(number)
                if round_ >= WARM_UP:
                    samples[case][mode].append(took)
    print("RESULT " + json.dumps(samples))


@contextmanager
def not_counting():
    with (
        # no mocks: those are slower than what they stand for
        patch.object(publish, "note_published", nothing),
        patch.object(deliver, "count_delivered", nothing),
        patch.object(deliver, "size_of", nothing),
    ):
        yield


def nothing(*_arguments):
    return 1


def write(env, ids, number):
    with env.registry.cursor() as cr:
        records = api.Environment(cr, env.uid, {})[MODEL].browse(ids)
        return timed(lambda: change(records, number, cr))


def change(records, number, cr):
    for offset, record in enumerate(records):
        record.quantity = number + offset
    cr.commit()


def read(env, ids, number):
    with env.registry.cursor() as cr:
        own = api.Environment(cr, env.uid, {})
        last = own["bus.bus"].sudo()._bus_last_id()
        change(own[MODEL].browse(ids), number, cr)
        channel = channel_tuple(cr.dbname, MODEL)
        return timed(
            lambda: [own["bus.bus"]._poll([channel], last) for _ in range(READERS)]
        )


def timed(work):
    gc.collect()
    gc.disable()
    # of this thread: counting asks the database for nothing, whose share would drown it
    begin = time.thread_time()
    work()
    took = time.thread_time() - begin
    gc.enable()
    return took
