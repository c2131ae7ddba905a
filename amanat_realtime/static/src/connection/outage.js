import {browser} from "@web/core/browser/browser";

/**
 * Closes the websocket on purpose, to see what happens without it. The tabs of a browser
 * share it, so all of them do without for a while; they ask for changes meanwhile. It
 * comes back in any case: after some time, or when this page is closed.
 */
export class Outage {
    /**
     * @param {object} worker the worker service of the bus
     * @param {import("./connection").Connection} connection
     */
    constructor(worker, connection) {
        this.worker = worker;
        this.connection = connection;
        this.end = this.end.bind(this);
    }

    /** @param {number} duration in milliseconds */
    begin(duration) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(this.end, duration);
        browser.addEventListener("pagehide", this.end);
        this.worker.send("BUS:STOP");
    }

    end() {
        browser.clearTimeout(this.timer);
        browser.removeEventListener("pagehide", this.end);
        return this.connection.reconnect();
    }
}
