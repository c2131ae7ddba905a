import {currentValue, captureBase, baseOf} from "./base_values";
import {clearConflict, isContested, markConflict} from "./field_conflict";

const keyOf = (members) =>
    members
        .map((member) => (typeof member === "number" ? member : member.id))
        .sort((a, b) => a - b)
        .join();

/**
 * Somebody changed the members of a many2many that the person is changing: as `contest`
 * does it for values.
 *
 * @param {object} record
 * @param {string} fieldName
 * @param {{lines: object[], by?: object, at?: number | null}} params `lines` in web_read
 *  format
 * @returns {{theirs: object[], mine: object[]} | null}
 */
export function contestMembers(record, fieldName, {lines, by, at}) {
    captureBase(record, fieldName);
    const theirs = lines.map((line) => (typeof line === "number" ? {id: line} : line));
    const mine = currentValue(record, fieldName);
    const told = keyOf(theirs);
    if (told === keyOf(baseOf(record, fieldName)) || told === keyOf(mine)) {
        if (isContested(record, fieldName)) {
            clearConflict(record, fieldName);
        }
        return null;
    }
    markConflict(record, fieldName, {theirs, mine, by, at});
    return {theirs, mine};
}
