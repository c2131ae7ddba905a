import {browser} from "@web/core/browser/browser";
import {
    LEAVING_DURATION,
    markGone,
    markLeaving,
    unmarkGone,
    unmarkLeaving,
} from "../views/highlight";
import {offerRestore} from "../views/gone_row_notice";
import {goneText} from "../views/notices";
import {placesOf} from "./datapoints";

/**
 * @typedef {import("./datapoints").Place} Place
 * @typedef {{
 *  by?: object,
 *  deleted?: boolean,
 *  elsewhere?: boolean,
 *  unavailable?: boolean,
 * }} Reason `elsewhere`: still there, but not in this list; `unavailable`: deleted or
 *  not readable, nobody said which
 */

/** Rows on their way out: shown for a moment, or until the person lets go of them. */
export class Departures {
    /**
     * @param {{
     *  editing: import("../core/editing_state_service").EditingStateAPI,
     *  getRoot: () => object,
     *  enqueue: (fn: () => void) => void,
     *  onReleased: () => void,
     *  isBlocked: () => boolean,
     * }} params `enqueue` runs in the model's mutex; `onReleased`: a kept row went, and
     *  may have a place somewhere else
     */
    constructor(params) {
        Object.assign(this, params);
        /** @type {Map<string, {record: object, reason: Reason, timer?: number}>} */
        this.leaving = new Map();
        this.gone = new Map();
    }

    has(record) {
        return this.leaving.has(record.id) || this.gone.has(record.id);
    }

    isBusy(record) {
        return (
            record.isInEdition ||
            record.dirty ||
            record.selected ||
            this.isBlocked() ||
            this.editing.isFocused(record)
        );
    }

    /**
     * @param {object} record
     * @param {Reason} reason
     */
    depart(record, reason) {
        if (this.has(record)) {
            return;
        }
        if (this.isBusy(record)) {
            this.keep(record, reason);
        } else if (markLeaving(record, reason.by)) {
            const timer = browser.setTimeout(
                () => this.enqueue(() => this.finish(record)),
                LEAVING_DURATION
            );
            this.leaving.set(record.id, {record, reason, timer});
        } else {
            this.remove(record);
        }
    }

    /** The record turned out to belong here after all. */
    stay(record) {
        browser.clearTimeout(this.leaving.get(record.id)?.timer);
        if (this.leaving.delete(record.id)) {
            unmarkLeaving(record);
        }
        if (this.gone.delete(record.id)) {
            record.amanatGone = null;
            unmarkGone(record);
        }
    }

    keep(record, reason) {
        this.gone.set(record.id, {record, reason});
        record.amanatGone = reason.elsewhere ? null : reason;
        markGone(record, goneText(reason));
        offerRestore(record, reason);
    }

    finish(record) {
        const entry = this.leaving.get(record.id);
        if (!entry) {
            return;
        }
        this.leaving.delete(record.id);
        if (this.isBusy(record)) {
            this.keep(record, entry.reason);
        } else {
            this.remove(record);
        }
    }

    /** Let go of kept rows that nobody works on any more. */
    sweep() {
        for (const {record, reason} of [...this.gone.values()]) {
            if (this.isBusy(record)) {
                markGone(record, goneText(reason));
            } else {
                this.gone.delete(record.id);
                this.remove(record);
                if (reason.elsewhere) {
                    this.onReleased();
                }
            }
        }
    }

    /** Counts were set right when it left: only the row is still there. */
    remove(record) {
        for (const {list} of placesOf(this.getRoot())) {
            if (list.records.some(({id}) => id === record.id)) {
                list.records = list.records.filter(({id}) => id !== record.id);
            }
        }
    }

    clear() {
        this.leaving.forEach(({timer}) => browser.clearTimeout(timer));
        this.leaving.clear();
        this.gone.clear();
    }
}
