import {toRaw} from "@odoo/owl";
import {placesOf} from "./datapoints";
import {aggregatedFields} from "./relevance";

function isOneCurrency(field, group) {
    const currencies = field.currency_field && group.aggregates[field.currency_field];
    return !currencies || currencies.length === 1;
}

/**
 * Follow a changed cell in the sums of the group headers above it.
 *
 * @param {object} root DynamicGroupList
 * @param {object} record
 * @param {object} before its saved values before the change: what the person has not
 *  saved is in no sum
 * @param {string[]} fieldNames what changed
 * @returns {boolean} false if the sums can only be known from the server
 */
export function adjustSums(root, record, before, fieldNames) {
    const aggregated = aggregatedFields(root);
    const summed = fieldNames.filter((f) => aggregated.includes(f));
    if (!summed.length) {
        return true;
    }
    const {id} = record;
    const place = placesOf(root).find(({list}) =>
        toRaw(list.records).some((other) => toRaw(other).id === id)
    );
    let exact = true;
    for (const group of place?.groups || []) {
        for (const fieldName of summed.filter((f) => f in group.aggregates)) {
            const field = record.fields[fieldName];
            const sum = group.aggregates[fieldName];
            if (
                field.aggregator === "sum" &&
                typeof sum === "number" &&
                isOneCurrency(field, group)
            ) {
                const delta = record._values[fieldName] - before[fieldName];
                group.aggregates[fieldName] = sum + delta;
            } else {
                exact = false;
            }
        }
    }
    return exact;
}
