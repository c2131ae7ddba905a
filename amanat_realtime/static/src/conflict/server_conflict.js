import {isOpaque, isX2many, parse} from "../model/record_diff";
import {valueText} from "../views/value_text";
import {captureBase, currentValue} from "./base_values";
import {markConflict} from "./field_conflict";
import {markGoneLine} from "./gone_line";

/** @typedef {import("./conflict_error").ServerConflict} ServerConflict */

/**
 * @param {object} record that was to be saved
 * @param {ServerConflict} conflict
 * @returns {object | undefined} the datapoint it is about: the record or one of its lines
 */
export function targetOf(record, {path}) {
    return path.reduce(
        (found, [fieldName, lineId]) => found?.data[fieldName]?._cache[lineId],
        record
    );
}

/** @returns {any} as in `record.data`, relations to many as members */
export function parsedValue(field, raw) {
    return isX2many(field) ? raw || [] : parse(field, raw);
}

/** @returns {string} all of a value, as the person would call it */
export function wholeText(record, fieldName, raw) {
    const value = parsedValue(record.fields[fieldName], raw);
    return valueText(record, fieldName, value, {maxLength: Infinity});
}

/** @returns {number | null} milliseconds since 1970 */
export function timeOf({at}) {
    const time = at ? Date.parse(at) : NaN;
    return Number.isNaN(time) ? null : time;
}

/**
 * Bring what the server said about a refused save to the screen: values that were not
 * known here, and a mark at each field.
 *
 * @param {object} record
 * @param {ServerConflict} conflict
 */
export function noteServerConflict(record, conflict) {
    const target = targetOf(record, conflict);
    const by = conflict.by || undefined;
    if (!target) {
        return;
    }
    if (conflict.deleted) {
        markGoneLine(target, {by, deleted: true});
        return;
    }
    const {field: fieldName} = conflict;
    const field = target.fields[fieldName];
    if (!field || !(fieldName in target.activeFields)) {
        return;
    }
    captureBase(target, fieldName);
    const mine = currentValue(target, fieldName);
    if (!isOpaque(field)) {
        target._applyValues({[fieldName]: conflict.theirs});
    }
    if (conflict.removed) {
        return;
    }
    const theirs = parsedValue(field, conflict.theirs);
    markConflict(target, fieldName, {theirs, mine, by, at: timeOf(conflict)});
}
