import {session} from "@web/session";

const ALWAYS = ["active", "x_active", "company_id", "company_ids"];

const firstSegment = (path) => path.split(/[.:]/)[0];

/**
 * @param {any[]} domain evaluated domain
 * @returns {string[]}
 */
export function domainFields(domain) {
    return domain
        .filter((leaf) => Array.isArray(leaf) && typeof leaf[0] === "string")
        .map(([path]) => firstSegment(path));
}

function orderFields(root) {
    if (root.orderBy?.length) {
        return root.orderBy.map(({name}) => firstSegment(name));
    }
    // Without an order of its own a view shows the model's, which only the server knows.
    const order = session.amanat_realtime?.orders?.[root.resModel] || "sequence";
    return order.split(",").map((part) => firstSegment(part.trim().split(" ")[0]));
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
        ...orderFields(root),
        ...(root.groupBy || []).map(firstSegment),
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
    return (root.config.fieldsToAggregate || []).filter(
        (f) => root.fields[f]?.aggregator
    );
}
