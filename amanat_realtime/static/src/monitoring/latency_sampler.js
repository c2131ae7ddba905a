import {browser} from "@web/core/browser/browser";
import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {report} from "../core/log";
import {indexById} from "../model/datapoints";
import {ClockOffset} from "./clock_offset";

/** @typedef {import("../core/message").ChangeMessage} ChangeMessage */

export const ROUTE = "/amanat_realtime/samples";
/** Measurements are reported after this time, or when there are so many. */
export const REPORT_AFTER = 30_000;
export const BATCH = 50;
/** There is as much time between two reports, whatever happens. */
export const PAUSE = 10_000;
/** So many changes are measured until the next report. */
const MOST = 100;
/** The server takes none that are longer: those are interruptions. */
const LONGEST = 100_000;

const keyOf = ({model, room, at}) => `${model}|${room || ""}|${at}`;

function nextPaint() {
    return new Promise((resolve) => {
        browser.requestAnimationFrame(() => browser.setTimeout(resolve));
    });
}

/** Does a message carry a value of a record on screen? Else nothing is painted at once. */
function isShown({update}, model) {
    const {root} = model;
    const changed = update.filter(({diff}) => Object.keys(diff).length);
    if (!root || !changed.length) {
        return false;
    }
    const shown = indexById(root, root.resModel);
    return changed.some(({ids}) => ids.some((id) => shown.has(id)));
}

/**
 * Measures how long it takes from the commit of a change to its picture in this tab, and
 * reports it without saying whose change it was.
 */
export class LatencySampler {
    /** @param {{isOn: boolean}} params */
    constructor({isOn}) {
        this.isOn = isOn;
        this.clock = new ClockOffset();
        /** @type {Map<string, {at: number, painted: number | null}>} */
        this.samples = new Map();
        this.timer = null;
        this.reportedAt = -Infinity;
    }

    /**
     * A message came. What is applied again later is not measured again.
     *
     * @param {ChangeMessage} message
     */
    onReceived(message) {
        const isVisible = document.visibilityState !== "hidden";
        if (this.isOn && isVisible && message.at !== null && this.samples.size < MOST) {
            this.samples.set(keyOf(message), {at: message.at, painted: null});
        }
    }

    /**
     * Messages are being applied, a long one in parts: its last part counts.
     *
     * @param {ChangeMessage[]} messages
     * @param {object} model
     * @param {Promise<void>} applied
     */
    async onApplying(messages, model, applied) {
        const measured = messages.filter((message) => this.samples.has(keyOf(message)));
        if (!measured.length) {
            return;
        }
        try {
            await applied;
            const shown = measured.filter((message) => isShown(message, model));
            await nextPaint();
            this.onPainted(shown);
        } catch (error) {
            report("could not measure", error);
        }
    }

    onPainted(messages) {
        if (document.visibilityState === "hidden") {
            return;
        }
        for (const message of messages) {
            const sample = this.samples.get(keyOf(message));
            if (sample) {
                sample.painted = Date.now();
            }
        }
        this.plan();
    }

    /** @returns {{at: number, painted: number}[]} */
    get measured() {
        return [...this.samples.values()].filter(({painted}) => painted !== null);
    }

    plan() {
        const count = this.measured.length;
        if (!this.isOn || !count) {
            return;
        }
        const pause = Math.max(this.reportedAt + PAUSE - Date.now(), 0);
        if (count >= BATCH && !this.isUrgent) {
            this.isUrgent = true;
            browser.clearTimeout(this.timer);
            this.timer = browser.setTimeout(() => this.report(), pause);
        } else {
            this.timer ??= browser.setTimeout(() => this.report(), REPORT_AFTER);
        }
    }

    async report() {
        const {measured} = this;
        this.samples.clear();
        Object.assign(this, {timer: null, isUrgent: false, reportedAt: Date.now()});
        try {
            if (!this.clock.isKnown) {
                await this.send([]);
            }
            const values = measured
                .map(({at, painted}) => Math.max(this.clock.toServer(painted) - at, 0))
                .filter((value) => value <= LONGEST);
            if (this.isOn && values.length) {
                await this.send(values);
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                report("could not report measurements", error, "warn");
            }
        }
    }

    /** @param {number[]} values milliseconds */
    async send(values) {
        const sent = Date.now();
        const {now, enabled} = await rpc(ROUTE, {values}, {silent: true});
        this.clock.observe({sent, received: Date.now(), now});
        this.isOn = enabled;
    }
}
