import {placesOf} from "./datapoints";

/** @typedef {import("./reconcile_list").ReconcileContext} ReconcileContext */

export const keyOf = (group) => JSON.stringify(group.serverValue ?? false);

/** What core does not sum over nothing is left out of footers when it is false. */
function aggregatesOfNothing({aggregates, fields}) {
    const values = Object.entries(aggregates).map(([fieldName, value]) => {
        const {aggregator} = fields[fieldName] || {};
        const isCurrencies = Array.isArray(value);
        return [fieldName, isCurrencies ? value : aggregator === "sum" ? 0 : false];
    });
    return Object.fromEntries(values);
}

/** @returns {object} what was said of the group before, without its records */
function unsent(group) {
    const {aggregates, count, displayName, range, serverValue, value} = group;
    return {
        displayName,
        range,
        serverValue,
        value,
        rawValue: group._rawValue,
        domain: group.groupDomain,
        aggregates,
        count,
        length: count,
        records: [],
        groups: [],
    };
}

/** @returns {object} what the server would say of a group without records */
function emptied(group) {
    return {
        ...unsent(group),
        aggregates: aggregatesOfNothing(group),
        count: 0,
        length: 0,
    };
}

const isBusy = (ctx, {isFolded, list}) =>
    !isFolded &&
    placesOf(list)
        .flatMap(({list: {records}}) => records)
        .some((record) => record.isNew || ctx.departures.isBusy(record));

/**
 * Groups that are not sent any more are empty, unless there is no room for them on the
 * page. As with groups that a person empties by hand, they stay until the next load:
 * the view does not jump, and something can be put back into them.
 *
 * @param {ReconcileContext} ctx
 * @param {object} list DynamicGroupList
 * @param {{groups: object[], length: number}} sent
 * @returns {object[]} what was sent, and what is kept, each after what it followed
 */
export function withEmptied(ctx, list, {groups: sent, length}) {
    const infos = [...sent];
    const keys = new Set(sent.map(keyOf));
    const isWhole = !list.offset && length <= sent.length;
    let previous = null;
    for (const group of list.groups) {
        const key = keyOf(group);
        if (!keys.has(key) && (isWhole || isBusy(ctx, group))) {
            const index = infos.findIndex((info) => keyOf(info) === previous);
            infos.splice(index + 1, 0, isWhole ? emptied(group) : unsent(group));
            keys.add(key);
        }
        previous = keys.has(key) ? key : previous;
    }
    return infos;
}
