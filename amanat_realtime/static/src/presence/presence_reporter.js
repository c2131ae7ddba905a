import {browser} from "@web/core/browser/browser";
import {rpc} from "@web/core/network/rpc";
import {report} from "../core/log";
import {retryDelay} from "../core/retry_delay";
import {placeKey} from "./places";

/** @typedef {import("./places").Place} Place */

export const PRESENCE_URL = "/amanat_realtime/presence";
/** The server takes four reports in a second. */
export const JOIN_GAP = 300;
export const CHANGE_GAP = 1000;
export const HEARTBEAT = 10_000;
export const HIDDEN_HEARTBEAT = 20_000;
/** Presence was switched off since this page was loaded: it may come back. */
const DISABLED_GAP = 300_000;

/** Tells the server where this tab is: one request at a time, as few as possible. */
export class PresenceReporter {
    /**
     * @param {{
     *  tabId: string,
     *  getPlaces: () => Place[],
     *  onAnswer: (answer: object, params: {places: Place[], asked: number}) => void,
     * }} params `asked`: when, in milliseconds
     */
    constructor(params) {
        Object.assign(this, params);
        /** @type {Place[]} what the server knows */
        this.known = [];
        this.isRunning = false;
        this.isPaused = false;
        /** The server gets them in any order. */
        this.number = 0;
        this.sentAt = -Infinity;
        this.failures = 0;
        this.notBefore = 0;
        this.timer = null;
        this.due = null;
    }

    /** Something may have changed. */
    check() {
        if (this.isPaused || this.isRunning) {
            return;
        }
        const places = this.getPlaces();
        if (JSON.stringify(places) !== JSON.stringify(this.known)) {
            this.schedule(this.sentAt + this.gapTo(places));
        }
    }

    /** Say it again, changed or not, as soon as possible. */
    again() {
        this.isPaused = false;
        this.notBefore = 0;
        this.schedule(this.sentAt + JOIN_GAP);
    }

    pause() {
        this.isPaused = true;
        this.cancel();
    }

    gapTo(places) {
        const keys = new Set(this.known.map(placeKey));
        const isJoin = places.some((place) => !keys.has(placeKey(place)));
        return isJoin ? JOIN_GAP : CHANGE_GAP;
    }

    /** @param {number} time in milliseconds; what is due earlier stays so */
    schedule(time) {
        const due = Math.max(time, this.notBefore, Date.now());
        if (this.due !== null && this.due <= due) {
            return;
        }
        this.cancel();
        this.due = due;
        this.timer = browser.setTimeout(() => this.send(), due - Date.now());
    }

    cancel() {
        browser.clearTimeout(this.timer);
        this.due = null;
    }

    async send() {
        this.due = null;
        if (this.isRunning || this.isPaused) {
            return;
        }
        const places = this.getPlaces();
        if (!places.length && !this.known.length) {
            return;
        }
        const asked = Date.now();
        this.isRunning = true;
        this.sentAt = asked;
        try {
            const answer = await this.request(places);
            this.failures = 0;
            this.known = places;
            this.notBefore = answer?.disabled ? asked + DISABLED_GAP : 0;
            this.onAnswer(answer, {places, asked});
        } catch (error) {
            const delay = retryDelay("could not tell presence", error, this.failures++);
            this.notBefore = Date.now() + delay;
        }
        this.isRunning = false;
        this.goOn();
    }

    request(places) {
        return rpc(PRESENCE_URL, this.paramsFor(places), {silent: true});
    }

    paramsFor(places) {
        this.number++;
        return {tab: this.tabId, number: this.number, places};
    }

    goOn() {
        if (this.isPaused) {
            return;
        }
        if (this.known.length || this.failures) {
            const isHidden = document.visibilityState === "hidden";
            this.schedule(this.sentAt + (isHidden ? HIDDEN_HEARTBEAT : HEARTBEAT));
        }
        this.check();
    }

    /** The page is going: nobody waits for an answer. */
    leave() {
        // It is told that it is hidden after that.
        this.pause();
        if (!this.known.length && !this.isRunning) {
            return;
        }
        this.known = [];
        const body = {jsonrpc: "2.0", method: "call", params: this.paramsFor([])};
        const type = "application/json";
        const isSent = browser.navigator.sendBeacon(
            PRESENCE_URL,
            new Blob([JSON.stringify(body)], {type})
        );
        if (!isSent) {
            report("could not tell that this tab leaves", "", "warn");
        }
    }
}
