import {isX2many} from "./record_diff";

/**
 * @typedef {{list: object, groups: object[]}} Place a list of records and the groups
 *  around it, from the outermost on
 */

export const isForm = (root) => Boolean(root?.config.isMonoRecord);

/**
 * @param {object} root
 * @param {object[]} [groups]
 * @returns {Place[]} the unfolded lists of a view (a folded one loads when it opens)
 */
export function placesOf(root, groups = []) {
    if (!root || isForm(root)) {
        return [];
    }
    if (!root.isGrouped) {
        return [{list: root, groups}];
    }
    return root.groups
        .filter((group) => !group.isFolded)
        .flatMap((group) => placesOf(group.list, [...groups, group]));
}

/**
 * @param {object} root
 * @returns {object[]} the records that a view is about, lines not included
 */
export function rootRecords(root) {
    if (!root) {
        return [];
    }
    return isForm(root) ? [root] : placesOf(root).flatMap(({list}) => list.records);
}

/**
 * @param {object} root
 * @returns {object[]} the records of a view and all their lines
 */
export function allRecords(root) {
    const found = [];
    const level = rootRecords(root);
    while (level.length) {
        const record = level.pop();
        found.push(record);
        const toMany = Object.keys(record.activeFields).filter((f) =>
            isX2many(record.fields[f])
        );
        level.push(
            ...toMany.flatMap((f) => Object.values(record.data[f]?._cache || {}))
        );
    }
    return found;
}

function linesOf(record, resModel) {
    return Object.keys(record.activeFields)
        .filter(
            (f) => isX2many(record.fields[f]) && record.fields[f].relation === resModel
        )
        .flatMap((f) => Object.values(record.data[f]?._cache || {}));
}

/**
 * The same record may be on screen several times (many2many groups).
 *
 * @param {object} root
 * @param {string} resModel
 * @returns {Map<number, object[]>}
 */
export function indexById(root, resModel) {
    const records = rootRecords(root);
    const wanted = resModel === root?.resModel ? records : [];
    const lines = records.flatMap((record) => linesOf(record, resModel));
    const index = new Map();
    for (const record of [...wanted, ...lines]) {
        if (record.resId) {
            index.set(record.resId, [...(index.get(record.resId) || []), record]);
        }
    }
    return index;
}

/**
 * @param {object} config
 * @returns {string[]} models of the lines shown inside the records of a view
 */
export function lineModels({activeFields = {}, fields = {}}) {
    return Object.keys(activeFields)
        .filter((f) => isX2many(fields[f]) && activeFields[f].related)
        .map((f) => fields[f].relation);
}
