import {BACK_ONLINE_RECONNECT_DELAY} from "@bus/services/bus_service";
import {WEBSOCKET_CLOSE_CODES, WORKER_STATE} from "@bus/workers/websocket_worker";
import {browser} from "@web/core/browser/browser";
import {ReconnectDelay} from "./reconnect_delay";

/** A proxy may hold an upgrade back without an answer. */
export const CONNECT_PATIENCE = 10_000;

/** What the events of the bus service tell about the websocket all tabs share. */
export class SocketWatch {
    /**
     * @param {object} bus the bus service
     * @param {{onChange: () => void}} params called after each event
     */
    constructor(bus, {onChange}) {
        this.bus = bus;
        this.onChange = onChange;
        this.setup();
    }

    setup() {
        this.isUp = this.bus.workerState === WORKER_STATE.CONNECTED;
        this.isConnecting = false;
        this.isStuck = false;
        /** It was up, or should have been. */
        this.isLost = false;
        /** The worker will not try again by itself. */
        this.isStopped = false;
        this.isBrowserOnline = browser.navigator.onLine !== false;
        /** Attempts that failed since the socket was up. */
        this.failures = 0;
        /** @type {number | null} milliseconds, about: the worker adds a random part */
        this.nextTryAt = null;
        /** @type {{code: number, reason?: string} | null} */
        this.closed = null;
        this.delay = new ReconnectDelay();
        this.listen("BUS:WORKER_STATE_UPDATED", (state) => this.onWorkerState(state));
        this.listen("BUS:DISCONNECT", (closed) => this.onDisconnect(closed));
        this.listen("BUS:RECONNECTING", ({closeCode}) =>
            this.onReconnecting(closeCode)
        );
        browser.addEventListener("offline", () => this.onOffline());
        browser.addEventListener("online", () => this.onOnline());
    }

    listen(type, callback) {
        this.bus.addEventListener(type, ({detail}) => {
            callback(detail || {});
            this.onChange();
        });
    }

    onWorkerState(state) {
        this.isStuck = false;
        browser.clearTimeout(this.patience);
        if (state === WORKER_STATE.CONNECTING) {
            this.onConnecting();
        } else if (state === WORKER_STATE.CONNECTED) {
            this.onUp();
        } else if (state === WORKER_STATE.DISCONNECTED) {
            this.onDown();
        }
    }

    onConnecting() {
        this.isConnecting = true;
        this.nextTryAt = null;
        this.patience = browser.setTimeout(() => {
            this.isStuck = this.isLost = true;
            this.onChange();
        }, CONNECT_PATIENCE);
    }

    onUp() {
        this.isUp = true;
        this.isLost = this.isStopped = this.isConnecting = false;
        this.nextTryAt = this.closed = null;
        this.failures = 0;
        this.delay.reset();
    }

    onDown() {
        const isFirstNews = !this.isUp && !this.isLost && !this.isConnecting;
        if (this.isConnecting) {
            this.failures++;
            this.expectNextTry();
        } else if (isFirstNews) {
            // This tab joins a worker that has failed at least once.
            this.failures++;
        }
        this.isUp = this.isConnecting = false;
        this.isLost = true;
    }

    /** While the browser is offline this is all that is said: no worker state. */
    onDisconnect({code, reason}) {
        this.isUp = this.isConnecting = false;
        this.isLost = true;
        // That the browser has no network says it all.
        this.closed = this.isBrowserOnline ? {code, reason} : null;
        if (code === WEBSOCKET_CLOSE_CODES.CLEAN) {
            this.isStopped = true;
            this.nextTryAt = null;
        }
    }

    onReconnecting(closeCode) {
        this.isStopped = false;
        if (this.nextTryAt === null) {
            this.expectNextTry(closeCode);
        }
    }

    expectNextTry(closeCode) {
        this.nextTryAt = Date.now() + this.delay.next(closeCode);
    }

    onOffline() {
        this.isBrowserOnline = false;
        this.failures = 0;
        this.nextTryAt = null;
        this.delay.reset();
        this.onChange();
    }

    onOnline() {
        this.isBrowserOnline = true;
        this.isStopped = false;
        if (!this.isUp) {
            this.nextTryAt = Date.now() + BACK_ONLINE_RECONNECT_DELAY;
        }
        this.onChange();
    }
}
