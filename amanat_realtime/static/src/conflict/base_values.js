import {isX2many} from "../model/record_diff";

/**
 * The base of a field is the value that the person started from when they changed it.
 * It is what a save is judged by, so it must survive what others save in between.
 */

/** @returns {{id: number, display_name?: string}[]} */
function membersOf(list, ids) {
    return ids.map((id) => ({
        id,
        display_name: list._cache[id]?.data.display_name ?? list._cache[id]?.data.name,
    }));
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @returns {any} what the server had, as far as this page knows: a parsed value, for
 *  relations to many the members
 */
export function serverValue(record, fieldName) {
    if (isX2many(record.fields[fieldName])) {
        const list = record.data[fieldName];
        return membersOf(list, list._initialCurrentIds);
    }
    return record._values[fieldName];
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @returns {any} what the person has: a parsed value or the members
 */
export function currentValue(record, fieldName) {
    if (isX2many(record.fields[fieldName])) {
        const list = record.data[fieldName];
        return membersOf(list, list._currentIds);
    }
    return record.data[fieldName];
}

/** Remember what the person starts from, unless that is known already. */
export function captureBase(record, fieldName) {
    if (
        record.resId &&
        fieldName in record.fields &&
        fieldName in record._values &&
        !(fieldName in record.amanatBases)
    ) {
        record.amanatBases[fieldName] = serverValue(record, fieldName);
    }
}

/** What is there now is what the person starts from. */
export function rebase(record, fieldName) {
    if (fieldName in record._values) {
        delete record.amanatBases[fieldName];
        captureBase(record, fieldName);
    }
}

/** @returns {any} see `serverValue` */
export function baseOf(record, fieldName) {
    return fieldName in record.amanatBases
        ? record.amanatBases[fieldName]
        : serverValue(record, fieldName);
}
