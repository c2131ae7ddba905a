const MAX_PRESUMED_SKEW = 60_000;

/**
 * Maps the server's time stamps on the browser's clock. A replayed message can only
 * look later than it was sent, never earlier, so the smallest delay ever seen is the
 * best guess of the difference between the two clocks.
 */
export class ServerClock {
    constructor() {
        this.delay = MAX_PRESUMED_SKEW;
    }

    /**
     * @param {number | null} at
     */
    observe(at) {
        if (at !== null) {
            this.delay = Math.min(this.delay, Date.now() - at);
        }
    }

    /**
     * @param {number} at
     * @returns {number}
     */
    toLocal(at) {
        return at + this.delay;
    }
}
