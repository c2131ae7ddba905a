import {placesOf} from "./datapoints";

function isOneCurrency(field, group) {
    const currencies = field.currency_field && group.aggregates[field.currency_field];
    return !currencies || currencies.length === 1;
}

/**
 * Follow a changed cell in the sums of the group headers above it.
 *
 * @param {object} root DynamicGroupList
 * @param {object} record
 * @param {object} before its data before the change
 * @param {string[]} fieldNames what changed
 * @returns {boolean} false if the sums can only be known from the server
 */
export function adjustSums(root, record, before, fieldNames) {
    const place = placesOf(root).find(({list}) =>
        list.records.some(({id}) => id === record.id)
    );
    let exact = true;
    for (const group of place?.groups || []) {
        for (const fieldName of fieldNames.filter((f) => f in group.aggregates)) {
            const field = record.fields[fieldName];
            const sum = group.aggregates[fieldName];
            if (
                field.aggregator === "sum" &&
                typeof sum === "number" &&
                isOneCurrency(field, group)
            ) {
                const delta = record.data[fieldName] - before[fieldName];
                group.aggregates[fieldName] = sum + delta;
            } else {
                exact = false;
            }
        }
    }
    return exact;
}
