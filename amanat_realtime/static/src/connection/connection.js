import {markRaw, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {guarded} from "../core/log";
import {Poller} from "./poller";
import {isSessionExpired} from "./session_check";
import {SocketWatch} from "./socket_watch";

/**
 * @typedef {"idle" | "live" | "reconnecting" | "polling" | "offline"} ConnectionState
 *  - idle: nothing needed the websocket so far;
 *  - reconnecting: the websocket is lost, nothing is known of the server yet;
 *  - polling: the websocket cannot be had, the server answers;
 *  - offline: the server does not answer, or no longer knows this session.
 *
 * @typedef {"network" | "server" | "session" | ""} OfflineReason
 */

/** An interruption that is over by then is not shown. */
export const GRACE = 3000;
/** So many failed attempts mean that the websocket cannot be had for now. */
export const MAX_FAILURES = 2;

/** How this tab hears what others save. Reactive. */
export class Connection {
    /**
     * @param {object} bus the bus service
     * @param {{
     *  poll: (params: {isFirst: boolean}) => Promise<any>,
     *  isFollowing: () => boolean,
     *  onPolled: (answer: any) => void,
     *  onGap: () => void,
     * }} params `onGap`: polling works, but something may have been missed before
     */
    constructor(bus, params) {
        const self = reactive(this);
        self.setup(bus, params);
        return self;
    }

    setup(bus, {poll, isFollowing, onPolled, onGap}) {
        this.bus = bus;
        /** @type {ConnectionState} */
        this.state = "idle";
        /** @type {OfflineReason} */
        this.offlineReason = "";
        /** Number of the attempt that is made or waited for, 0 if there is none. */
        this.attempt = 0;
        /** @type {number | null} milliseconds, about */
        this.nextTryAt = null;
        this.isTrying = false;
        this.isUp = false;
        /** @type {number | null} when the server last gave a sign of life, in ms */
        this.heardAt = null;
        /** @type {{code: number, reason?: string} | null} how the websocket ended */
        this.closed = null;
        this.isSessionExpired = false;
        /** @type {"answered" | "lost" | "failed" | null} the last poll */
        this.pollOutcome = null;
        const onChange = () =>
            guarded("could not follow the socket", () => this.update());
        this.socket = markRaw(new SocketWatch(bus, {onChange}));
        this.poller = markRaw(
            new Poller({
                poll,
                isFollowing,
                onAnswer: (answer, {isAfterGap}) => {
                    this.onHeard();
                    this.onPollEnded("answered");
                    onPolled(answer);
                    if (isAfterGap) {
                        onGap();
                    }
                },
                onError: (error) => this.onPollError(error),
            })
        );
        this.update();
    }

    /** @returns {ConnectionState} what is the case, shown or not yet */
    get actual() {
        const {socket, pollOutcome} = this;
        if (!socket.isBrowserOnline || this.isSessionExpired) {
            return "offline";
        }
        if (socket.isUp) {
            return "live";
        }
        if (pollOutcome === "answered" || pollOutcome === "lost") {
            return pollOutcome === "answered" ? "polling" : "offline";
        }
        return socket.isLost ? "reconnecting" : "idle";
    }

    get needsPolling() {
        const {failures, isStopped, isStuck, isBrowserOnline, isUp} = this.socket;
        const isHopeless = failures >= MAX_FAILURES || isStopped || isStuck;
        return isBrowserOnline && !isUp && isHopeless && !this.isSessionExpired;
    }

    update() {
        const {socket} = this;
        if (this.isUp !== socket.isUp) {
            // Up to its end an open connection is a sign of life.
            this.onHeard();
        }
        this.isUp = socket.isUp;
        this.closed = socket.closed;
        this.nextTryAt = socket.nextTryAt;
        this.isTrying = socket.isConnecting;
        this.updatePolling();
        this.attempt = socket.isLost && !socket.isStopped ? socket.failures + 1 : 0;
        this.show();
    }

    updatePolling() {
        if (this.needsPolling) {
            this.poller.start();
        } else {
            this.poller.stop();
            this.pollOutcome = null;
        }
    }

    /** Only bad news wait: most of them are over before anybody has read them. */
    show() {
        const {actual} = this;
        const isWell = (state) => ["idle", "live"].includes(state);
        if (!isWell(this.state) || isWell(actual) || this.isSessionExpired) {
            browser.clearTimeout(this.graceTimer);
            this.graceTimer = null;
            this.become(actual);
        } else if (!this.graceTimer) {
            this.graceTimer = browser.setTimeout(() => {
                this.graceTimer = null;
                this.become(this.actual);
            }, GRACE);
        }
    }

    /** @param {ConnectionState} state */
    become(state) {
        this.state = state;
        this.offlineReason = state === "offline" ? this.findReason() : "";
    }

    /** @returns {OfflineReason} */
    findReason() {
        if (this.isSessionExpired) {
            return "session";
        }
        return this.socket.isBrowserOnline ? "server" : "network";
    }

    onPollEnded(outcome) {
        this.pollOutcome = outcome;
        this.show();
    }

    onPollError(error) {
        if (isSessionExpired(error)) {
            this.onSessionExpired();
        } else {
            this.onPollEnded(error instanceof ConnectionLostError ? "lost" : "failed");
        }
    }

    /** Nothing more will be told to this page until somebody logs in. */
    onSessionExpired() {
        this.isSessionExpired = true;
        this.update();
    }

    /** A view was opened: what is told to it is not to wait for a slow poll. */
    onFollowing() {
        this.poller.pollNow();
    }

    /** Something was received. */
    onHeard() {
        this.heardAt = Date.now();
    }

    /** Try at once, whatever the back-off says. */
    reconnect() {
        this.poller.pollNow();
        return this.bus.start();
    }
}
