import {membershipFields} from "../model/relevance";

/** @typedef {import("../core/message").ChangeMessage} ChangeMessage */

const SETS = ["create", "unlink", "enter", "leave"];

/**
 * @param {ChangeMessage} message
 * @returns {boolean} whether there are more or fewer records now, for this reader
 */
export function changesSet(message) {
    return message.refresh || SETS.some((key) => message[key].length > 0);
}

/**
 * @param {ChangeMessage} message
 * @returns {string[]}
 */
export function namedFields({update}) {
    return update.flatMap(({diff, stale}) => [...Object.keys(diff), ...stale]);
}

/**
 * @param {object} fields definitions
 * @param {string[]} measures
 * @returns {string[]} the measures, and the currencies that they are in
 */
export function measuredFields(fields, measures) {
    return measures.flatMap((name) => [name, fields[name]?.currency_field || name]);
}

/**
 * @param {any[]} domain evaluated domain
 * @param {string[]} [groupBy]
 * @returns {string[]} fields that decide which records count, and where
 */
export function decidingFields(domain, groupBy = []) {
    // In a report they have no order of their own.
    return [...membershipFields({domain, groupBy, orderBy: [{name: "id"}]})];
}
