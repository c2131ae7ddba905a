// Promise: the offset of the server's clock comes from the quickest answer, and not from
// one that is long past.
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {ClockOffset} from "@amanat_realtime/monitoring/clock_offset";

describe.current.tags("headless");

const answer = (way, offset, received = Date.now()) => {
    const sent = received - way;
    return {sent, received, now: (sent + received) / 2 + offset};
};

test("the quickest answer counts", () => {
    const clock = new ClockOffset();
    expect(clock.isKnown).toBe(false);
    clock.observe(answer(400, 5100));
    expect(clock.toServer(1000)).toBe(6100);
    clock.observe(answer(20, 5000));
    clock.observe(answer(900, 5400));
    expect(clock.isKnown).toBe(true);
    expect(clock.toServer(1000)).toBe(6000);
});

test("a clock that was set is noticed", async () => {
    const clock = new ClockOffset();
    clock.observe(answer(20, 5000));
    await advanceTime(11 * 60_000);
    expect(clock.isKnown).toBe(false);
    clock.observe(answer(400, -7000));
    expect(clock.toServer(10_000)).toBe(3000);
});
