import {browser} from "@web/core/browser/browser";
import {retryDelay} from "../core/retry_delay";
import {BULK_JITTER, FIRST_DELAY, JITTER, QUIET} from "./pace";

/**
 * Something that is read as a whole, a dashboard for example, and is read again when one
 * of some models changes: once a second at most, and only where it is seen. Other than a
 * report that somebody studies, it does not wait for a stream of changes to end.
 */
export class LiveRead {
    /**
     * @param {{
     *  realtime: import("../core/realtime_service").RealtimeAPI,
     *  resModels: string[],
     *  read: () => Promise<any>,
     *  onRead: (data: any) => void,
     *  onFailure?: (error: unknown) => void,
     * }} params `onFailure`: a later read failed; it will be tried again
     */
    constructor(params) {
        Object.assign(this, params);
        this.setup();
    }

    setup() {
        this.readAt = -Infinity;
        this.failures = 0;
        this.timer = null;
        this.isReading = false;
        this.isAsked = false;
        this.isStopped = true;
        this.onSeen = () => this.isAsked && this.readIfSeen();
    }

    /** Before the first read: what is saved in between is read afterwards. */
    start() {
        this.isStopped = false;
        this.subscriptions = this.resModels.map((resModel) =>
            this.realtime.subscribe({
                resModel,
                onChanges: ({refresh}) => this.ask({isBulk: Boolean(refresh)}),
                onCatchUp: () => this.ask(),
            })
        );
        document.addEventListener("visibilitychange", this.onSeen);
    }

    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
        document.removeEventListener("visibilitychange", this.onSeen);
        this.subscriptions?.forEach((unsubscribe) => unsubscribe());
    }

    /** @param {{isBulk?: boolean}} [params] a bulk makes the server work for everybody */
    ask({isBulk = false} = {}) {
        if (!this.isAsked) {
            this.isAsked = true;
            const jitter = Math.random() * (isBulk ? BULK_JITTER : JITTER);
            this.wait(Math.max(this.readAt + QUIET - Date.now(), FIRST_DELAY) + jitter);
        }
    }

    wait(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.readIfSeen(), Math.max(delay, 0));
    }

    async readIfSeen() {
        if (this.isStopped || this.isReading || document.visibilityState === "hidden") {
            return;
        }
        try {
            await this.readNow();
        } catch (error) {
            this.onFailure?.(error);
            this.isAsked = true;
            this.wait(retryDelay("could not read again", error, this.failures++));
        }
    }

    /** @throws what `read` throws */
    async readNow() {
        browser.clearTimeout(this.timer);
        this.isReading = true;
        this.isAsked = false;
        this.readAt = Date.now();
        try {
            const data = await this.read();
            this.failures = 0;
            if (!this.isStopped) {
                this.onRead(data);
            }
        } finally {
            this.isReading = false;
            if (this.isAsked) {
                this.isAsked = false;
                this.ask();
            }
        }
    }
}
