import {toRaw} from "@odoo/owl";
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
 * @param {object} record
 * @returns {object[]} StaticLists of its fields to many
 */
export function listsOf(record) {
    return Object.keys(record.activeFields)
        .filter((f) => isX2many(record.fields[f]) && record.data[f])
        .map((f) => record.data[f]);
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @returns {boolean} whether a save leaves the field out, as core does: it is computed
 */
export function isNotSaved(record, fieldName) {
    return record._isReadonly(fieldName) && !record.activeFields[fieldName]?.forceSave;
}

const linesIn = (list) => Object.values(list._cache);

/**
 * @param {object} record
 * @returns {object[]} the record and, recursively, its lines
 */
export function withLines(record) {
    return [record, ...listsOf(record).flatMap(linesIn).flatMap(withLines)];
}

/**
 * @param {object} root
 * @returns {object[]} the records of a view and all their lines
 */
export function allRecords(root) {
    return rootRecords(root).flatMap(withLines);
}

function x2manyFieldsTo(resModel, {activeFields = {}, fields = {}}) {
    return Object.keys(activeFields).filter(
        (f) => isX2many(fields[f]) && fields[f].relation === resModel
    );
}

/**
 * The same record may be on screen several times (many2many groups). Ids are read past
 * the proxies: there may be thousands of records, and a message is about few.
 *
 * @param {object} root
 * @param {string} resModel
 * @returns {Map<number, object[]>}
 */
export function indexById(root, resModel) {
    const index = new Map();
    const add = (record) => {
        const {resId} = toRaw(record);
        if (resId) {
            index.set(resId, [...(index.get(resId) || []), record]);
        }
    };
    const fieldNames = root ? x2manyFieldsTo(resModel, toRaw(root).config) : [];
    const isRoot = resModel === root?.resModel;
    if (!isRoot && !fieldNames.length) {
        return index;
    }
    const records = rootRecords(root);
    if (isRoot) {
        records.forEach(add);
    }
    for (const record of fieldNames.length ? records : []) {
        const {data} = toRaw(record);
        for (const fieldName of fieldNames.filter((f) => data[f])) {
            linesIn(record.data[fieldName]).forEach(add);
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
