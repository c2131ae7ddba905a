import {browser} from "@web/core/browser/browser";
import {rowsOf as elementsOf} from "../views/highlight";

/** Milliseconds; a renderer that sorts or hides rows never shows what it was given. */
const PATIENCE = 2000;

const idsOf = (records) => records.map(({id}) => id).join();
const same = (a, b) => idsOf(a) === idsOf(b);

function splitAt(records, {id}) {
    const index = records.findIndex((record) => record.id === id);
    return [records.slice(0, index), records.slice(index + 1)];
}

/**
 * OWL finds the nodes that stay from both ends of a list. A row between a part above
 * and a part below that both change is taken out and put back, and so loses the focus:
 * only one of them may change at once.
 *
 * @param {object[]} drawn records
 * @param {object[]} target records
 * @param {(record: object) => boolean} isPinned
 * @returns {object[]} what may be drawn next
 */
export function stepTowards(drawn, target, isPinned) {
    const ids = new Set(target.map(({id}) => id));
    const pinned = drawn.find((record) => ids.has(record.id) && isPinned(record));
    if (!pinned) {
        return target;
    }
    const [above, below] = splitAt(drawn, pinned);
    const [nextAbove, nextBelow] = splitAt(target, pinned);
    if (same(above, nextAbove) || same(below, nextBelow)) {
        return target;
    }
    const isBelow = new Set(below.map(({id}) => id));
    // What comes from below has to leave there first.
    const settled = nextAbove.filter(({id}) => !isBelow.has(id));
    return same(above, settled)
        ? [...above, pinned, ...nextBelow]
        : [...settled, pinned, ...below];
}

/** Are these the rows on the screen, around the one that must not lose the focus? */
function areDrawn({drawn, given}, isPinned) {
    const el = given.filter(isPinned).flatMap(elementsOf)[0];
    if (!el) {
        return true;
    }
    const known = new Set([...drawn, ...given].map(({id}) => id));
    const shown = [...el.parentElement.children]
        .map(({dataset}) => dataset.id)
        .filter((id) => known.has(id));
    return shown.join() === idsOf(given);
}

/** Gives lists new rows, around one that must not lose the focus in several steps. */
export class RowMover {
    /**
     * @param {{
     *  isPinned: (record: object) => boolean,
     *  enqueue: (fn: () => void) => void,
     *  onWillMove: () => void,
     *  protectFocus: () => void,
     *  onLost: (list: object) => void,
     * }} params `enqueue` runs in the model's mutex; `protectFocus`: the list is, or is
     *  still to be, drawn; `onLost`: somebody else changed the list between two steps
     */
    constructor(params) {
        Object.assign(this, params);
        /**
         * @type {Map<string, {
         *  drawn: object[],
         *  given: object[],
         *  target: object[],
         *  until: number,
         * }>} `until`: so long it is waited for what was given to be drawn
         */
        this.moving = new Map();
    }

    /** @returns {object[]} the rows that a list has, or is about to have */
    rowsOf(list) {
        const move = this.moving.get(list.id);
        return move && same(list.records, move.given) ? move.target : list.records;
    }

    /**
     * @param {object} list of records, or of lines
     * @param {object[]} target records
     */
    setRows(list, target) {
        const move = this.moving.get(list.id);
        if (!move && same(target, list.records)) {
            return;
        }
        const isOurs = move && same(list.records, move.given);
        const drawn = isOurs ? move.drawn : list.records;
        const given = stepTowards(drawn, target, this.isPinned);
        if (!same(given, list.records)) {
            list.records = given;
        }
        if (target.some(this.isPinned)) {
            const until = Date.now() + PATIENCE;
            // Core adds lines to the very array that it was given.
            this.moving.set(list.id, {drawn, given: [...given], target, until});
            if (!move) {
                this.afterFrame(() => this.proceed(list));
            }
        }
    }

    afterFrame(callback) {
        browser.requestAnimationFrame(() => this.enqueue(callback));
    }

    /** OWL draws in the next frame, or later where new rows wait for something. */
    proceed(list) {
        const move = this.moving.get(list.id);
        if (move && this.isToBeDrawn(list, move)) {
            this.protectFocus();
            this.afterFrame(() => this.proceed(list));
            return;
        }
        this.moving.delete(list.id);
        if (!move || same(move.given, move.target)) {
            return;
        }
        if (same(list.records, move.given)) {
            this.onWillMove();
            this.protectFocus();
            this.setRows(list, move.target);
        } else {
            this.onLost(list);
        }
    }

    isToBeDrawn(list, move) {
        return (
            Date.now() < move.until &&
            same(list.records, move.given) &&
            !areDrawn(move, this.isPinned)
        );
    }

    clear() {
        this.moving.clear();
    }
}
