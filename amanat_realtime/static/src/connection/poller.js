import {browser} from "@web/core/browser/browser";

export const POLL_INTERVAL = 5000;
export const MAX_POLL_DELAY = 60_000;
const JITTER = 0.2;

/**
 * Asks again and again, as long as the tab is visible: at a steady pace while there are
 * answers, less and less often while there are none.
 */
export class Poller {
    /**
     * @param {{
     *  poll: (params: {isFirst: boolean}) => Promise<any>,
     *  isFollowing: () => boolean,
     *  onAnswer: (answer: any, params: {isAfterGap: boolean}) => void,
     *  onError: (error: unknown) => void,
     * }} params `isFollowing`: is anything waited for, or is it only to know whether
     *  the server answers; `isFirst`: nothing was answered since `start`; `isAfterGap`: something
     *  may have been missed before this answer
     */
    constructor({poll, isFollowing, onAnswer, onError}) {
        Object.assign(this, {poll, isFollowing, onAnswer, onError});
        this.setup();
    }

    setup() {
        this.isRunning = false;
        /** @type {Promise<void> | null} the poll under way */
        this.pending = null;
        this.onVisibilityChange = () => {
            browser.clearTimeout(this.timer);
            if (document.visibilityState === "hidden") {
                this.isAfterGap = true;
            } else {
                this.pollNow();
            }
        };
    }

    start() {
        if (this.isRunning) {
            return;
        }
        Object.assign(this, {isRunning: true, isFirst: true, isAfterGap: true});
        this.failures = 0;
        document.addEventListener("visibilitychange", this.onVisibilityChange);
        this.pollNow();
    }

    stop() {
        this.isRunning = false;
        browser.clearTimeout(this.timer);
        document.removeEventListener("visibilitychange", this.onVisibilityChange);
    }

    /** @returns {Promise<void>} */
    async pollNow() {
        browser.clearTimeout(this.timer);
        if (!this.isRunning || document.visibilityState === "hidden") {
            return;
        }
        this.pending ||= this.ask();
        await this.pending;
    }

    async ask() {
        try {
            const answer = await this.poll({isFirst: this.isFirst});
            if (this.isRunning) {
                const {isAfterGap} = this;
                Object.assign(this, {isFirst: false, isAfterGap: false, failures: 0});
                this.onAnswer(answer, {isAfterGap});
            }
        } catch (error) {
            if (this.isRunning) {
                this.isAfterGap = true;
                this.failures++;
                this.onError(error);
            }
        } finally {
            this.pending = null;
            this.schedule();
        }
    }

    schedule() {
        if (this.isRunning && document.visibilityState !== "hidden") {
            this.timer = browser.setTimeout(() => this.pollNow(), this.nextDelay());
        }
    }

    /** @returns {number} milliseconds, at most `MAX_POLL_DELAY` */
    nextDelay() {
        const interval = this.isFollowing() ? POLL_INTERVAL : MAX_POLL_DELAY;
        const delay = interval * 2 ** this.failures;
        const jitter = 1 + JITTER * (2 * Math.random() - 1);
        return Math.min(delay * jitter, MAX_POLL_DELAY * (1 - JITTER * Math.random()));
    }
}
