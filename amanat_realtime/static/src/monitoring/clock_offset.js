/** A clock that was set meanwhile is noticed after this time. */
const MAX_AGE = 10 * 60_000;

/**
 * How far the clock of the server is ahead of this one, from the time that it says in
 * an answer. It is off by half of the way there and back at most, so the quickest
 * answer of the last minutes counts.
 */
export class ClockOffset {
    constructor() {
        this.best = null;
    }

    get isKnown() {
        return this.best !== null && Date.now() - this.best.received < MAX_AGE;
    }

    /** @param {{sent: number, received: number, now: number}} answer milliseconds */
    observe({sent, received, now}) {
        const way = received - sent;
        if (!this.isKnown || way <= this.best.way) {
            this.best = {way, received, offset: now - (sent + received) / 2};
        }
    }

    /**
     * @param {number} local
     * @returns {number}
     */
    toServer(local) {
        return local + this.best.offset;
    }
}
