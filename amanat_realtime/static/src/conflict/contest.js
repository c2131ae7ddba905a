import {hasConflictGuard} from "../core/live_models";
import {isNotSaved} from "../model/datapoints";
import {canonical, isOpaque, isX2many, sameValue} from "../model/record_diff";
import {baseOf, captureBase} from "./base_values";
import {clearConflict, isContested, markConflict} from "./field_conflict";
import {mergeProperties} from "./properties_merge";

/** @typedef {import("../core/message").Author} Author */

const idsIn = (members) =>
    members
        .map(({id}) => id)
        .sort((a, b) => a - b)
        .join();

function agree(field, a, b) {
    if (isX2many(field)) {
        return idsIn(a) === idsIn(b);
    }
    return isOpaque(field)
        ? canonical(field, a) === canonical(field, b)
        : sameValue(field, a, b);
}

/**
 * Somebody saved a value for a field that the person at this tab is changing. Nothing of
 * theirs is touched; the base they started from is kept, and the field is marked unless
 * there is nothing to decide.
 *
 * @param {object} record
 * @param {string} fieldName
 * @param {{
 *  theirs: any,
 *  mine: any,
 *  isCommitted: boolean,
 *  by?: Author,
 *  at?: number | null,
 * }} params values as in `record.data`, relations to many as members; `isCommitted`:
 *  mine is such a value too, not text that is being typed
 * @returns {{theirs: any, mine: any} | null} what there is to decide, if anything
 */
export function contest(record, fieldName, {theirs, mine, isCommitted, by, at}) {
    const field = record.fields[fieldName];
    if (!hasConflictGuard(record.model.config.resModel)) {
        // The last save wins.
        return null;
    }
    captureBase(record, fieldName);
    if (isNotSaved(record, fieldName)) {
        // What is only computed here is nobody's work.
        return null;
    }
    if (field.type === "properties" && isCommitted) {
        if (!mergeProperties(record, fieldName, theirs)) {
            return null;
        }
    }
    const nothingToDecide =
        agree(field, theirs, baseOf(record, fieldName)) ||
        (isCommitted && agree(field, theirs, mine));
    if (nothingToDecide) {
        if (isContested(record, fieldName)) {
            clearConflict(record, fieldName);
        }
        return null;
    }
    markConflict(record, fieldName, {theirs, mine, by, at});
    return {theirs, mine};
}
