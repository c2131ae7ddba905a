// Promise: a tab without frames is not waited for, and one that has too much to do is not
// taken for one that is fast.
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {frameDrawn} from "@amanat_realtime/model/frame_drawn";
import {mockVisibility} from "../reports/reports_test_helpers";
import {sleep, stopClock} from "../realtime_test_helpers";

describe.current.tags("headless");
beforeEach(() => stopClock());

/** The browser shows no frame any more. */
function withoutFrame() {
    const nothing = () => null;
    // ids count up, and what they are ids of is not to be patched in these tests
    const first = browser.requestAnimationFrame(nothing);
    const drawn = frameDrawn();
    const last = browser.requestAnimationFrame(nothing);
    for (let id = first; id <= last; id++) {
        browser.cancelAnimationFrame(id);
    }
    return drawn;
}

test("no frame in a tab that is looked at: so long it took at least", async () => {
    const drawn = withoutFrame();
    await advanceTime(250);
    expect(await drawn).toBe(250);
});

test("no frame in a hidden tab: nothing is known", async () => {
    const setHidden = mockVisibility();
    setHidden(true);
    const drawn = withoutFrame();
    setHidden(false);
    await advanceTime(250);
    expect(await drawn).toBe(0);
});

test("a machine that was asleep is not taken for one that is slow", async () => {
    const drawn = withoutFrame();
    sleep(600);
    await advanceTime(250);
    expect(await drawn).toBe(1000);
});
