import {canonical, isOpaque, parse, sameValue} from "../model/record_diff";
import {baseOf, captureBase} from "./base_values";
import {clearConflict, isContested, markConflict} from "./field_conflict";
import {mergeProperties} from "./properties_merge";

/** @typedef {import("../core/message").Author} Author */

function agree(field, a, b) {
    return isOpaque(field)
        ? canonical(field, a) === canonical(field, b)
        : sameValue(field, a, b);
}

/** What is only computed here is nobody's work: it is not saved. */
function isComputed(record, fieldName) {
    const {forceSave} = record.activeFields[fieldName] || {};
    return record._isReadonly(fieldName) && !forceSave;
}

/**
 * Somebody saved a value for a field that the person at this tab is changing. Nothing of
 * theirs is touched; the base they started from is kept, and the field is marked unless
 * there is nothing to decide.
 *
 * @param {object} record
 * @param {string} fieldName
 * @param {{
 *  value: any,
 *  mine: any,
 *  isCommitted: boolean,
 *  by?: Author,
 *  at?: number | null,
 * }} params `value` in web_read format; `isCommitted`: mine is a parsed value, not text
 *  that is being typed
 * @returns {{theirs: any, mine: any} | null} what there is to decide, if anything
 */
export function contest(record, fieldName, {value, mine, isCommitted, by, at}) {
    const field = record.fields[fieldName];
    captureBase(record, fieldName);
    if (isComputed(record, fieldName)) {
        return null;
    }
    const theirs = parse(field, value);
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
