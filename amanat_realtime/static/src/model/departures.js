import {browser} from "@web/core/browser/browser";
import {LEAVING_DURATION, markLeaving, unmarkLeaving} from "../views/highlight";
import {offerRestore} from "../views/gone_row_notice";
import {markGone, unmarkGone} from "../views/gone_mark";
import {placesOf} from "./datapoints";
import {linesOnPage} from "./line_merge";
import {RowMover} from "./row_mover";

/**
 * @typedef {import("./datapoints").Place} Place
 * @typedef {{
 *  by?: object,
 *  deleted?: boolean,
 *  elsewhere?: boolean,
 *  unavailable?: boolean,
 * }} Reason `elsewhere`: still there, but not in this list; `unavailable`: deleted or
 *  not readable, nobody said which
 * @typedef {{record: object, reason: Reason}} Entry
 */

/** Rows on their way out: shown for a moment, or until the person lets go of them. */
export class Departures {
    /**
     * @param {{
     *  editing: import("../core/editing_state_service").EditingStateAPI,
     *  getRoot: () => object,
     *  enqueue: (fn: () => void) => void,
     *  onReleased: () => void,
     *  onWillMove: () => void,
     *  protectFocus: () => void,
     *  onKept: () => void,
     *  isBlocked: () => boolean,
     * }} params `enqueue` runs in the model's mutex; `onReleased`: a kept row went, and
     *  may have a place somewhere else; `onWillMove`: rows are about to move up;
     *  `protectFocus`: what we changed is about to be drawn
     */
    constructor(params) {
        Object.assign(this, params);
        /** @type {Map<string, Entry>} */
        this.leaving = new Map();
        this.timers = new Set();
        this.gone = new Map();
        this.mover = new RowMover({
            isPinned: (record) => this.isPinned(record),
            enqueue: (fn) => this.enqueue(fn),
            onWillMove: () => this.onWillMove(),
            protectFocus: () => this.protectFocus(),
            onLost: (list) => this.onLost(list),
        });
        /** Rows that are not where the server has them. */
        this.misplaced = new Map();
    }

    has(record) {
        return this.leaving.has(record.id) || this.gone.has(record.id);
    }

    isBusy(record) {
        return this.isBlocked() || this.isHandled(record);
    }

    /** Its input would lose the focus, were its row moved. */
    isPinned(record) {
        return record.isInEdition || this.editing.isFocused(record);
    }

    /** Somebody else gave it rows between two steps: what it should have is known again. */
    onLost(list) {
        if (list._currentIds) {
            list.records = linesOnPage(list);
        } else {
            this.onReleased();
        }
    }

    /** Does something wait until the person lets go of it? */
    get isWaiting() {
        return this.gone.size > 0 || this.misplaced.size > 0;
    }

    /** @param {object} record that stays where it is, and has to go elsewhere later */
    misplace(record) {
        this.misplaced.set(record.id, record);
    }

    /** The person works on it. */
    isHandled(record) {
        return (
            record.isInEdition ||
            record.dirty ||
            record.selected ||
            this.editing.isFocused(record)
        );
    }

    /** Kept for no other reason than that nothing may move now. */
    get waiting() {
        return [...this.gone.values()]
            .map(({record}) => record)
            .filter((record) => !this.isHandled(record));
    }

    /**
     * All at once: to take a row out costs a look at all others.
     *
     * @param {[record: object, reason: Reason][]} departing
     */
    depart(departing) {
        const entries = [];
        const unseen = [];
        for (const [record, reason] of departing) {
            if (this.gone.get(record.id)?.reason.elsewhere && !reason.elsewhere) {
                this.keep(record, reason);
            }
            if (this.has(record)) {
                continue;
            }
            if (this.isBusy(record)) {
                this.keep(record, reason);
            } else if (markLeaving(record, reason.by)) {
                const entry = {record, reason};
                this.leaving.set(record.id, entry);
                entries.push(entry);
            } else {
                unseen.push(record);
            }
        }
        this.remove(unseen);
        if (entries.length) {
            const timer = browser.setTimeout(() => {
                this.timers.delete(timer);
                this.enqueue(() => this.finish(entries));
            }, LEAVING_DURATION);
            this.timers.add(timer);
        }
    }

    /** The record turned out to belong here after all. */
    stay(record) {
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
        markGone(record, reason);
        offerRestore(record, reason);
        this.onKept();
    }

    /** What is drawn anew does not look kept. */
    remark() {
        this.gone.forEach(({record, reason}) => markGone(record, reason));
    }

    /** @param {Entry[]} [entries] of rows that left together; what came back stays */
    finish(entries = [...this.leaving.values()]) {
        const removed = [];
        for (const entry of entries) {
            const {record, reason} = entry;
            if (this.leaving.get(record.id) !== entry) {
                continue;
            }
            this.leaving.delete(record.id);
            if (this.isBusy(record)) {
                this.keep(record, reason);
            } else {
                removed.push(record);
            }
        }
        this.remove(removed);
    }

    /** Let go of kept rows that nobody works on any more. */
    sweep() {
        const shown = new Set(
            placesOf(this.getRoot()).flatMap(({list}) => list.records.map(({id}) => id))
        );
        const released = [];
        for (const {record, reason} of [...this.gone.values()]) {
            if (!shown.has(record.id)) {
                // Its group was folded, or its list loaded again.
                this.gone.delete(record.id);
            } else if (this.isBusy(record)) {
                markGone(record, reason);
            } else {
                this.gone.delete(record.id);
                released.push(record);
                if (reason.elsewhere) {
                    this.onReleased();
                }
            }
        }
        this.remove(released);
        for (const record of [...this.misplaced.values()]) {
            if (!shown.has(record.id) || !this.isPinned(record)) {
                this.misplaced.delete(record.id);
                this.onReleased();
            }
        }
    }

    /** Counts were set right when they left: only the rows are still there. */
    remove(records) {
        if (!records.length) {
            return;
        }
        this.onWillMove();
        const ids = new Set(records.map(({id}) => id));
        for (const {list} of placesOf(this.getRoot())) {
            const rows = this.mover.rowsOf(list);
            const staying = rows.filter(({id}) => !ids.has(id));
            if (staying.length < rows.length) {
                this.mover.setRows(list, staying);
            }
        }
    }

    clear() {
        this.timers.forEach((timer) => browser.clearTimeout(timer));
        this.timers.clear();
        this.leaving.clear();
        this.gone.clear();
        this.misplaced.clear();
        this.mover.clear();
    }
}
