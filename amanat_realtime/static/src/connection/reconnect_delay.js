import {WEBSOCKET_CLOSE_CODES} from "@bus/workers/websocket_worker";

const INITIAL = 1000;
const FACTOR = 1.5;
const MAX = 60_000;
const MEAN_JITTER = 500;
const IMMEDIATE = [
    WEBSOCKET_CLOSE_CODES.KEEP_ALIVE_TIMEOUT,
    WEBSOCKET_CLOSE_CODES.CLOSING_HANDSHAKE_ABORTED,
];

/**
 * The worker does not tell when it tries again. This follows its formula, with the mean
 * of its random part: good enough for "in about 5 s".
 */
export class ReconnectDelay {
    constructor() {
        this.reset();
    }

    reset() {
        this.last = INITIAL;
    }

    /**
     * @param {number} [closeCode] of the connection that was lost
     * @returns {number} milliseconds
     */
    next(closeCode) {
        const last = IMMEDIATE.includes(closeCode) ? 0 : this.last;
        this.last = Math.min(last * FACTOR, MAX) + MEAN_JITTER;
        return this.last;
    }
}
