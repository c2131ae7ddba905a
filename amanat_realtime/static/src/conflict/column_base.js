import {sameValue} from "../model/record_diff";

/**
 * @param {object} group
 * @returns {any} parsed value of the field that the group is about, in its records
 */
export function columnValue({groupByField: {type}, value, displayName}) {
    return type === "many2one" && value
        ? {id: value, display_name: displayName}
        : value;
}

/**
 * A card is dragged from the column in which the person saw it. The record may have
 * got another value since then, or none: the field need not be loaded.
 *
 * @template T
 * @param {object} record
 * @param {string} fieldName that the columns are about
 * @param {any} seen see `columnValue`
 * @param {() => Promise<T>} move saves the record with another value
 * @returns {Promise<T>}
 */
export async function movingFrom(record, fieldName, seen, move) {
    const isKnown =
        fieldName in record._values &&
        sameValue(record.fields[fieldName], record._values[fieldName], seen);
    if (!isKnown) {
        record.amanatBases[fieldName] = seen;
        record.amanatDragged = fieldName;
    }
    try {
        return await move();
    } finally {
        record.amanatDragged = null;
    }
}
