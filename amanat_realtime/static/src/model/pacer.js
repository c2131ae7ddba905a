import {browser} from "@web/core/browser/browser";
import {report} from "../core/log";
import {sinceTyped} from "../core/typing";
import {frameDrawn} from "./frame_drawn";

/** So many times as long as the work took, the tab is left to the person. */
const REST = 2;
const LONGEST_REST = 1000;
/** Between the parts of one big change. */
const SHORT_REST = 100;
/** What waited for so long is applied whatever it costs. */
const LATEST = 2000;
const TYPING_PAUSE = 150;
/** While the person types, at most so small a part of the time is taken from them. */
const TYPING_SHARE = 0.04;
const LONGEST_WAIT = {least: 600, most: 10_000};

/** Each slice is drawn in a frame of its own: many small ones would take longer. */
const SLICE = {first: 50, least: 25, most: 400};
/** Milliseconds that applying a slice may take; its frame comes on top of it. */
const BUDGET = {least: 15, most: 30};

/**
 * Decides when what is waiting is applied, and how much of it at a time: at once where
 * this is cheap, else as often as leaves the tab time for what the person does.
 */
export class Pacer {
    /** Milliseconds of work that nobody notices: what costs less is done at once. */
    static CHEAP = 10;

    /**
     * @param {{
     *  apply: (size: number) => Promise<void>,
     *  hasMore: () => boolean,
     * }} params `apply` is about at most that many records on screen, and calls
     *  `onStart` when it begins
     */
    constructor(params) {
        Object.assign(this, params);
        this.cost = 0;
        this.size = SLICE.first;
        this.restUntil = 0;
        /** @type {boolean} is something going to be applied, or being applied? */
        this.isBusy = false;
    }

    destroy() {
        this.isDestroyed = true;
        browser.clearTimeout(this.timer);
    }

    request() {
        if (!this.isBusy) {
            this.isBusy = true;
            this.busySince = Date.now();
            this.requestedAt = this.busySince;
            this.plan();
        }
    }

    plan() {
        const delay = this.delay();
        if (delay > 0) {
            this.timer = browser.setTimeout(() => this.plan(), delay);
        } else {
            Promise.resolve().then(() => this.work());
        }
    }

    /** Milliseconds from now on. */
    delay() {
        if (this.cost < Pacer.CHEAP || document.visibilityState === "hidden") {
            return 0;
        }
        const rest = this.restUntil - Date.now();
        const pause = Math.max(TYPING_PAUSE, this.cost) - sinceTyped();
        const {least, most} = LONGEST_WAIT;
        const longest = Math.min(most, Math.max(least, this.cost / TYPING_SHARE));
        const patience = this.requestedAt + longest - Date.now();
        return Math.max(rest, Math.min(pause, patience));
    }

    async work() {
        if (this.isDestroyed) {
            return;
        }
        this.measured = Promise.resolve();
        const isLate = Date.now() - this.busySince > LATEST;
        try {
            await this.apply(isLate ? Infinity : this.size);
        } catch (error) {
            report("could not apply what is waiting", error);
        }
        this.isCutUp = this.hasMore();
        if (this.isCutUp) {
            // What is done so far is shown first.
            await this.measured;
            this.requestedAt = Date.now();
            this.restUntil = Math.min(this.restUntil, this.requestedAt + SHORT_REST);
            this.busySince = isLate ? this.requestedAt : this.busySince;
            this.plan();
        } else {
            this.isBusy = false;
        }
    }

    /** It was its turn: what happens now is the work, then the frame that shows it. */
    onStart() {
        const begin = Date.now();
        let applied = 0;
        browser.setTimeout(() => (applied = Date.now() - begin));
        this.measured = frameDrawn().then((drawn) => {
            if (!this.isDestroyed) {
                this.learn(applied, drawn);
            }
        });
    }

    learn(applied, drawn) {
        const cost = applied + drawn;
        this.cost = Math.max(cost, this.cost / 2);
        this.restUntil = Date.now() + Math.min(this.cost * REST, LONGEST_REST);
        let factor = applied > BUDGET.most ? 0.6 : 1;
        factor = applied < BUDGET.least ? 1.5 : factor;
        const size = Math.round(this.size * factor);
        this.size = Math.max(SLICE.least, Math.min(SLICE.most, size));
    }
}
