import {browser} from "@web/core/browser/browser";

const SECOND = 1000;

/** Has machines work that are not there, until it is stopped. */
export class Simulator {
    /**
     * @param {() => Promise<unknown>} work one second of work
     */
    constructor(work) {
        this.work = work;
        this.isRunning = false;
    }

    start() {
        this.isRunning = true;
        this.next();
    }

    stop() {
        this.isRunning = false;
        browser.clearTimeout(this.timer);
    }

    /** The next second begins when the server has done this one. */
    async next() {
        const begin = Date.now();
        try {
            await this.work();
        } catch (error) {
            this.stop();
            throw error;
        }
        if (this.isRunning) {
            const rest = Math.max(begin + SECOND - Date.now(), 0);
            this.timer = browser.setTimeout(() => this.next(), rest);
        }
    }
}
