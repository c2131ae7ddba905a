/** People watch it: what changes after a quiet time is shown soon. */
export const FIRST_DELAY = 200;
/** All clients are told in the same moment. */
export const JITTER = 400;
export const QUIET = 1000;
export const MAX_WAIT = 10_000;
export const BULK_JITTER = 2000;

/** When to read a report again, so that a burst of changes costs one read. */
export class Pace {
    constructor() {
        this.readAt = -Infinity;
        this.askedAt = null;
    }

    /**
     * @param {number} now
     * @param {{isBulk?: boolean}} [params] a bulk makes the server work for everybody
     * @returns {number} when to read, unless something is told until then
     */
    ask(now, {isBulk = false} = {}) {
        const isFirst = this.askedAt === null;
        if (isFirst) {
            this.askedAt = now;
            this.isSoon = now - this.readAt > 2 * QUIET;
            this.jitter = Math.random() * JITTER;
        }
        if (isBulk) {
            this.jitter = Math.max(this.jitter, Math.random() * BULK_JITTER);
        }
        const due = this.isSoon
            ? this.askedAt + FIRST_DELAY
            : Math.min(now + QUIET, this.askedAt + MAX_WAIT);
        return due + this.jitter;
    }

    /** @param {number} now */
    read(now) {
        this.readAt = now;
        this.askedAt = null;
    }
}
