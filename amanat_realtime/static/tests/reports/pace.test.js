// Promise: a report is read soon after a quiet time, rarely in a busy one, and not by
// all clients at once.
import {describe, expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    BULK_JITTER,
    FIRST_DELAY,
    JITTER,
    MAX_WAIT,
    Pace,
    QUIET,
} from "@amanat_realtime/reports/pace";

describe.current.tags("headless");

const withJitter = (share) => patchWithCleanup(Math, {random: () => share});

test("the first change after a quiet time is shown within a second", () => {
    withJitter(1);
    const pace = new Pace();
    expect(pace.ask(5000)).toBe(5000 + FIRST_DELAY + JITTER);
    expect(FIRST_DELAY + JITTER).toBeLessThan(1000);
    // What comes until then does not put it off.
    expect(pace.ask(5150)).toBe(5000 + FIRST_DELAY + JITTER);
});

test("right after a read, it waits until nothing comes any more", () => {
    withJitter(0);
    const pace = new Pace();
    pace.read(5000);
    expect(pace.ask(5100)).toBe(5100 + QUIET);
    expect(pace.ask(5900)).toBe(5900 + QUIET);
});

test("it does not wait for ever", () => {
    withJitter(0);
    const pace = new Pace();
    pace.read(5000);
    pace.ask(5100);
    expect(pace.ask(5100 + MAX_WAIT - 10)).toBe(5100 + MAX_WAIT);
});

test("after a quiet time it is fast again", () => {
    withJitter(0);
    const pace = new Pace();
    pace.read(5000);
    pace.ask(5100);
    pace.read(6100);
    expect(pace.ask(9000)).toBe(9000 + FIRST_DELAY);
});

test("clients spread, the more so after a bulk", () => {
    withJitter(0.5);
    expect(new Pace().ask(0)).toBe(FIRST_DELAY + JITTER / 2);
    expect(new Pace().ask(0, {isBulk: true})).toBe(FIRST_DELAY + BULK_JITTER / 2);
});
