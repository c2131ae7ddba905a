import {browser} from "@web/core/browser/browser";

export const TICK = 10_000;
/** Browsers let timers of hidden tabs run once a minute: that is no sleep. */
export const JUMP = 60_000;

/**
 * A machine that slept runs no timers: the next one finds that the clock went on.
 *
 * @param {() => void} onJump
 * @returns {() => void} call it to stop
 */
export function watchClock(onJump) {
    let last = Date.now();
    const interval = browser.setInterval(() => {
        const now = Date.now();
        if (now - last - TICK > JUMP) {
            onJump();
        }
        last = now;
    }, TICK);
    return () => browser.clearInterval(interval);
}
