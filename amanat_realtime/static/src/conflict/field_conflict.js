import {markRaw} from "@odoo/owl";
import {baseOf} from "./base_values";
import {isBeingRemoved, listOf} from "./line_list";

/**
 * @typedef {import("../core/message").Author} Author
 * @typedef {{
 *  state: "open" | "taken",
 *  base: any,
 *  theirs: any,
 *  mine: any,
 *  by?: Author,
 *  at?: number | null,
 * }} FieldConflict values as in `record.data`, relations to many as arrays of
 *  `{id, display_name}`; "taken": the person took theirs, and may undo that until the
 *  form is left. `at`: milliseconds since 1970.
 */

/**
 * @param {object} record
 * @param {string} fieldName
 * @returns {FieldConflict | undefined}
 */
export function conflictOf(record, fieldName) {
    return record.amanatConflicts?.[fieldName];
}

export function isContested(record, fieldName) {
    return conflictOf(record, fieldName)?.state === "open";
}

/** Draws the mark of the field: `amanatConflicts` is observed by it. */
export function setConflict(record, fieldName, conflict) {
    record.amanatConflicts[fieldName] = markRaw(conflict);
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @param {{theirs: any, mine: any, by?: Author, at?: number | null}} params
 */
export function markConflict(record, fieldName, {theirs, mine, by, at = null}) {
    const base = baseOf(record, fieldName);
    setConflict(record, fieldName, {state: "open", base, theirs, mine, by, at});
}

export function clearConflict(record, fieldName) {
    delete record.amanatConflicts[fieldName];
}

/**
 * Forget what concerned changes that are no longer there: saved, discarded or undone.
 *
 * @param {object} record
 */
export function settle(record) {
    const list = listOf(record);
    if (list && isBeingRemoved(list, record)) {
        // All of it is compared when it is deleted.
        return;
    }
    const isChanging = (name) =>
        name in record._changes || record.amanatTyped.has(name);
    for (const fieldName of Object.keys(record.amanatBases)) {
        if (!isChanging(fieldName)) {
            delete record.amanatBases[fieldName];
        }
    }
    for (const fieldName of Object.keys(record.amanatConflicts)) {
        if (!isChanging(fieldName) && isContested(record, fieldName)) {
            clearConflict(record, fieldName);
        }
    }
}

/** The datapoint shows another record from now on. */
export function forgetAll(record) {
    Object.keys(record.amanatConflicts).forEach((name) => clearConflict(record, name));
    record.amanatBases = markRaw({});
    record.amanatTyped.clear();
}

/** What the person had before they took theirs is there again. */
export function reopenAll(record) {
    for (const [fieldName, conflict] of Object.entries(record.amanatConflicts)) {
        if (fieldName in record._changes) {
            setConflict(record, fieldName, {...conflict, state: "open"});
        }
    }
}
