import {markRaw} from "@odoo/owl";
import {baseOf} from "./base_values";

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
    for (const fieldName of Object.keys(record.amanatBases)) {
        if (!(fieldName in record._changes)) {
            delete record.amanatBases[fieldName];
        }
    }
    for (const fieldName of Object.keys(record.amanatConflicts)) {
        if (!(fieldName in record._changes) && isContested(record, fieldName)) {
            clearConflict(record, fieldName);
        }
    }
}
