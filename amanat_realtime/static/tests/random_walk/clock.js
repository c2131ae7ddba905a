import {advanceTime, freezeTime} from "@odoo/hoot-mock";
import {App} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {getService, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";

const FRAME = 17;
/** After so long a frame more or less tells nothing new. */
const DETAILED = 100;
const LONG_FRAME = 60;
const LONGEST = 20_000;
const realNow = performance.now.bind(performance);

let answersUnderWay = 0;
let begin = 0;

/** @returns {number} milliseconds that the walk really took so far */
export const spent = () => realNow() - begin;

/**
 * From now on time passes only when the walk says so: what happens in which order depends
 * on the seed alone.
 *
 * @param {import("./prng").Prng} rng decides how long answers of the server take
 */
export function takeTime(rng) {
    answersUnderWay = 0;
    onRpc(/walk\..*/, "*", async ({parent}) => {
        answersUnderWay++;
        try {
            const result = structuredClone(await parent());
            const latency = rng.int(4) * 20;
            if (latency) {
                await new Promise((resolve) => setTimeout(resolve, latency));
            }
            return result;
        } finally {
            answersUnderWay--;
        }
    });
    freezeTime();
    begin = realNow();
    patchWithCleanup(performance, {now: () => Date.now()});
    for (const {scheduler} of App.apps) {
        // What was there before the tests began is the real one, which has its own pace.
        scheduler.requestAnimationFrame = (draw) => browser.requestAnimationFrame(draw);
    }
}

/** Lets what waits for nothing but its turn go on, faster than any timer would. */
const turn = () => new Promise((resolve) => globalThis.scheduler.postTask(resolve));

/** @param {number} ms */
export async function pass(ms) {
    await turn();
    let passed = 0;
    while (passed < ms) {
        const frame = passed < DETAILED ? FRAME : LONG_FRAME;
        const length = Math.min(ms - passed, frame);
        await advanceTime(length, {animationFrame: false});
        await turn();
        passed += length;
    }
}

function busyWith({flushing, queue, held, refresher, departures, model}) {
    const work = {
        answers: answersUnderWay,
        flushing: Boolean(flushing),
        queue: queue.length,
        held: held.size,
        timer: Boolean(refresher.timer),
        running: Boolean(refresher.running),
        hasWork: Boolean(refresher.hasWork),
        leaving: departures.leaving.size,
        gone: departures.gone.size,
        mutex: model.mutex._queueSize,
    };
    return Object.entries(work).filter(([, value]) => value);
}

const busy = () =>
    [...getService("amanat_realtime").patchers.values()].flatMap(busyWith);

/** Let everything end that is under way. */
export async function settle() {
    let passed = 0;
    await pass(100);
    while (busy().length) {
        if (passed > LONGEST) {
            throw new Error(`never at rest: ${JSON.stringify(busy())}`);
        }
        await pass(100);
        passed += 100;
    }
    // Progress bars follow the rows.
    await pass(300);
}
