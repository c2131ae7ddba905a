import {session} from "@web/session";
import {compareStrictly} from "./leaf";
import {parse} from "./record_diff";

/** @typedef {{name: string, asc: boolean}} OrderKey */

const KEY = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i;

/**
 * @param {string} path of fields, or a field with the part of a date
 * @returns {string}
 */
export const firstSegment = (path) => path.split(/[.:]/)[0];

function modelOrder(resModel) {
    return (session.amanat_realtime?.orders?.[resModel] || "sequence").split(",");
}

/**
 * Without an order of its own a view shows the model's, which only the server knows.
 *
 * @param {object} root
 * @returns {string[]} fields that decide in which order records come
 */
export function orderFields(root) {
    if (root.orderBy?.length && !root.isGrouped) {
        return root.orderBy.map(({name}) => firstSegment(name));
    }
    const names = modelOrder(root.resModel).map((part) =>
        firstSegment(part.trim().split(" ")[0])
    );
    // Inside of a group, what the view does not order by is ordered as the model is.
    return [...(root.orderBy || []).map(({name}) => firstSegment(name)), ...names];
}

/**
 * @param {object} root
 * @returns {OrderKey | null} what the records of a list are ordered by first; null if
 *  that is no plain field
 */
export function firstOrderKey(root) {
    const isConstant = ({name}) => (root.groupBy || []).includes(name);
    const keys = (root.orderBy || []).filter((key) => !isConstant(key));
    if (keys.length) {
        return keys[0].name in root.fields ? keys[0] : null;
    }
    for (const part of modelOrder(root.resModel)) {
        const [, name, direction = "asc"] = part.match(KEY) || [];
        if (!(name in root.fields)) {
            return null;
        }
        if (!isConstant({name})) {
            return {name, asc: direction.toLowerCase() === "asc"};
        }
    }
    return null;
}

/** @returns {boolean} does `a` certainly come before `b`? */
function precedes(root, {name, asc}, a, b) {
    const order = compareStrictly(root.fields[name], a, b);
    return order !== undefined && order < 0 === asc;
}

const isPaged = ({list, rows}) =>
    list.offset > 0 || list.hasLimitedCount || list.count > rows.length;

const hasMore = ({list, rows}) =>
    list.hasLimitedCount || list.count > list.offset + rows.length;

/**
 * @typedef {{
 *  list: object,
 *  rows: object[],
 *  indexes: Map<string, number>,
 *  isPinned: (record: object) => boolean,
 * }} Page `rows`: the records of the list that belong there; `indexes`: where in `rows`
 *  they are; `isPinned`: they may be elsewhere than where the server has them
 */

/**
 * @param {object} root
 * @param {Page} page
 * @param {object} record of the page
 * @returns {boolean} is it certainly still where the server has it?
 */
export function keepsPlace(root, page, record) {
    const {rows, indexes, list, isPinned} = page;
    const key = firstOrderKey(root);
    if (!key || !(key.name in record.activeFields)) {
        return false;
    }
    const index = indexes.get(record.id);
    const [previous, next] = [rows[index - 1], rows[index + 1]];
    const value = ({_values}) => _values[key.name];
    if (
        (!previous && list.offset) ||
        (!next && hasMore(page)) ||
        [previous, record, next].some((row) => row && (row.isNew || isPinned(row)))
    ) {
        return false;
    }
    return (
        (!previous || precedes(root, key, value(previous), value(record))) &&
        (!next || precedes(root, key, value(record), value(next)))
    );
}

/**
 * @param {object} root
 * @param {Page} page
 * @param {import("./change_batch").RecordChange} change of a record that is not on it
 * @returns {boolean} does it certainly stay on the same side of the page?
 */
export function staysBeyond(root, page, change) {
    if (!isPaged(page)) {
        return true;
    }
    const {rows, isPinned} = page;
    const key = firstOrderKey(root);
    const steps = key && change.steps.get(key.name);
    const [first, last] = [rows[0], rows.at(-1)];
    if (!steps || !first || !(key.name in first.activeFields)) {
        return false;
    }
    if ([first, last].some((row) => row.isNew || isPinned(row))) {
        return false;
    }
    const field = root.fields[key.name];
    const values = [steps[0][0], steps.at(-1)[1]].map((raw) => parse(field, raw));
    return (
        values.every((v) => precedes(root, key, v, first._values[key.name])) ||
        values.every((v) => precedes(root, key, last._values[key.name], v))
    );
}
