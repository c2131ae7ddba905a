// Promise: the time that is left is computed from what was measured, or not told.
import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv} from "@web/../tests/web_test_helpers";
import {remainingOf, speedOf, withSample} from "@amanat_realtime/progress/speed";
import {remainingText, speedText} from "@amanat_realtime/progress/progress_text";

describe.current.tags("headless");

const samples = (...pairs) => pairs.map(([elapsed, done]) => ({elapsed, done}));

test("nothing is told before anything was measured", () => {
    expect(speedOf([])).toBe(null);
    expect(speedOf(samples([1, 50]))).toBe(null);
    expect(speedOf(samples([0, 0], [1, 50]))).toBe(null);
    expect(speedOf(samples([0, 0], [5, 0]))).toBe(null);
});

test("the present speed counts, not that of long ago", () => {
    expect(speedOf(samples([0, 0], [10, 100]))).toBe(10);
    let recent = samples([0, 0], [10, 1000]);
    for (let second = 11; second <= 50; second++) {
        recent = withSample(recent, {elapsed: second, done: 990 + second});
    }
    expect(speedOf(recent)).toBe(1);
});

test("a page that was just loaded knows the mean", () => {
    expect(speedOf(samples([20, 100]))).toBe(5);
});

test("the rest at that speed", () => {
    const work = {samples: samples([0, 0], [10, 100]), done: 100, total: 400};
    expect(remainingOf(work)).toBe(30);
    expect(remainingOf({...work, total: 0})).toBe(null);
    expect(remainingOf({...work, total: 100})).toBe(null);
});

test("in words no more exact than it is", async () => {
    await makeMockEnv();
    const left = (seconds) =>
        String(
            remainingText({
                samples: samples([0, 0], [10, 10]),
                done: 10,
                total: 10 + seconds,
            })
        );
    expect(left(5)).toBe("a few seconds left");
    expect(left(23)).toBe("about 30 seconds left");
    expect(left(170)).toBe("about 3 min left");
    expect(left(7200)).toBe("about 2 h left");
    expect(String(speedText({samples: samples([0, 0], [10, 125])}))).toBe(
        "13 per second"
    );
    expect(String(speedText({samples: samples([0, 0], [60, 6])}))).toBe("6 per minute");
});
