import {reactive} from "@odoo/owl";

// Replaced or filled together with `amanatVersion`, or nothing that a row shows.
const NOT_SHOWN = new Set([
    "_changes",
    "_initialTextValues",
    "_parentRecord",
    "_savePoint",
    "_textValues",
    "_unsetRequiredFields",
    "_values",
    "evalContext",
    "evalContextWithVirtualIds",
    "model",
]);

/**
 * What of a record its row may show. Flags that other addons set on records are
 * properties of them, too.
 */
function* stateOf(record, raw) {
    for (const key of Object.keys(record)) {
        if (!NOT_SHOWN.has(key) && typeof raw[key] !== "function") {
            yield key;
            yield record[key];
        }
    }
    yield record._config.mode;
    yield record._config.resId;
    yield record._invalidFields.size;
}

/** @typedef {{changes: number, state?: any[]}} Mark a moment in the life of a record */

/** Tells whether a record shows something else than at some moment before. */
export class RowMarks {
    /**
     * @param {object} record raw
     * @param {() => void} onChanged called once after `watch`
     */
    constructor(record, onChanged) {
        this.record = record;
        this.changes = 0;
        this.isWatched = false;
        this.onTouched = () => {
            this.isWatched = false;
            this.changes++;
            onChanged();
        };
    }

    /** @returns {Mark} of now; most rows are drawn once and never looked at again */
    take() {
        const {changes, isWatched, record} = this;
        return {changes, state: isWatched ? null : [...stateOf(record, record)]};
    }

    /** @param {Mark} mark */
    isAt(mark) {
        if (mark.changes !== this.changes || !mark.state) {
            return mark.changes === this.changes;
        }
        const state = [...stateOf(this.record, this.record)];
        return (
            state.length === mark.state.length &&
            state.every((value, i) => value === mark.state[i])
        );
    }

    /** From now on changes are counted, and told of. */
    watch() {
        if (!this.isWatched) {
            this.isWatched = true;
            // Reading it is what subscribes to it.
            Array.from(stateOf(reactive(this.record, this.onTouched), this.record));
        }
    }
}
