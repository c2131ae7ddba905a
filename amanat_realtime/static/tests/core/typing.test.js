// Promise: what waits for a pause in the typing knows when there is one, whatever the
// clock of the machine does.
import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {advanceTime, freezeTime, mockDate} from "@odoo/hoot-mock";
import {sinceTyped} from "@amanat_realtime/core/typing";

describe.current.tags("headless");

test("each key begins anew", async () => {
    freezeTime();
    await press("a");
    expect(sinceTyped()).toBe(0);
    await advanceTime(2000);
    expect(sinceTyped()).toBe(2000);
    await press("b");
    expect(sinceTyped()).toBe(0);
});

test("a clock that was set back is no typing", async () => {
    mockDate("2026-11-20 10:00:00");
    await press("a");
    mockDate("2026-11-20 09:00:00");
    expect(sinceTyped()).toBe(Infinity);
});
