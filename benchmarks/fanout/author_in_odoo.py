# Run in Odoo's shell, as a process that commits changes when it is told to. The clock
# is read right before each commit.
import time
from multiprocessing.connection import Client

from odoo import api

from benchmarks.fanout.pace import paced


def main(env, address, how, target):
    # the shell's own transaction would keep what is updated from being cleaned up
    env.cr.rollback()
    change = {"record": change_record, "bus": send_message}[how]
    with Client(address) as connection:
        connection.send("ready")
        while order := connection.recv():
            first, count, rate = order
            connection.send(
                [
                    committed(env, change, target, first + number)
                    for number in paced(count, rate)
                ]
            )


def committed(env, change, target, value):
    with env.registry.cursor() as cr:
        change(api.Environment(cr, 2, {}), target, value)
        at = time.time_ns()
        begin = time.perf_counter()
        cr.commit()
        return value, at, time.perf_counter() - begin


def change_record(env, target, value):
    model, id_ = target
    env[model].browse(id_).write({"quantity": value})


def send_message(env, target, value):
    channel, filling = target
    payload = {"value": value, "filling": filling}
    env["bus.bus"]._sendone(channel, "benchmark", payload)
