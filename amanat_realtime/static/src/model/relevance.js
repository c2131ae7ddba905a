import {placesOf} from "./datapoints";
import {firstSegment, orderFields} from "./order";
import {isX2many} from "./record_diff";

const ALWAYS = ["active", "x_active", "company_id", "company_ids"];
const HIERARCHIC = ["child_of", "parent_of"];

/**
 * @param {any[]} domain evaluated domain
 * @returns {string[]}
 */
export function domainFields(domain) {
    return domain
        .filter((leaf) => Array.isArray(leaf) && typeof leaf[0] === "string")
        .map(([path]) => firstSegment(path));
}

/**
 * Descendants are found by the parents of the records in between, which no condition
 * names.
 *
 * @param {object} root
 * @returns {string[]}
 */
export function hierarchyFields({domain = [], fields = {}, resModel}) {
    const isHierarchic = ([, operator]) => HIERARCHIC.includes(operator);
    if (!domain.some((item) => Array.isArray(item) && isHierarchic(item))) {
        return [];
    }
    const isParent = ({type, relation}) => type === "many2one" && relation === resModel;
    return ["parent_id", ...Object.keys(fields).filter((f) => isParent(fields[f]))];
}

/**
 * @param {object} root
 * @returns {string[]} fields that decide in which group a record is shown
 */
export function groupFields(root) {
    const fieldNames = (root.groupBy || []).map(firstSegment);
    if (!root.isGrouped) {
        return fieldNames;
    }
    // A filter of the progress bar shows only a part of a column.
    const filters = placesOf(root).flatMap(({groups}) =>
        groups.map(({config}) => config.extraDomain || [])
    );
    return [...fieldNames, ...filters.flatMap(domainFields)];
}

/** A record may be on screen, and in a group that is not. */
export function isInSeveralGroups(root) {
    const isMany = (path) => isX2many(root.fields[firstSegment(path)] || {});
    return Boolean(root.isGrouped) && root.groupBy.some(isMany);
}

/**
 * Fields that decide whether a record is in a list, and where.
 *
 * @param {object} root DynamicRecordList or DynamicGroupList
 * @returns {Set<string>}
 */
export function membershipFields(root) {
    return new Set([
        ...ALWAYS,
        ...domainFields(root.domain || []),
        ...hierarchyFields(root),
        ...orderFields(root),
        ...groupFields(root),
    ]);
}

/**
 * Fields of records that nobody sees, but whose sums are on a group header.
 *
 * @param {object} root
 * @returns {string[]}
 */
export function aggregatedFields(root) {
    if (!root.isGrouped) {
        return [];
    }
    const {fields} = root;
    const summed = (root.config.fieldsToAggregate || []).filter(
        (f) => fields[f]?.aggregator
    );
    // A sum of several currencies is not the sum of the numbers.
    const currencies = summed.map((f) => fields[f].currency_field).filter(Boolean);
    return [...summed, ...currencies];
}
