import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {deepCopy} from "@web/core/utils/objects";
import {parseServerValue} from "@web/model/relational_model/utils";

/**
 * @typedef {[old: any, new: any]} Step values in web_read format
 * @typedef {{kind: "same"} | {kind: "next", value: any} | {kind: "unknown"}} Verdict
 */

const DEFAULT_DIGITS = 6;
const X2MANY = ["one2many", "many2many"];

export const isX2many = (field) => X2MANY.includes(field.type);

/** Fields whose values cannot be compared or applied one by one. */
export function isOpaque(field) {
    return isX2many(field) || ["properties", "binary", "json"].includes(field.type);
}

export function parse(field, value) {
    return parseServerValue(
        field,
        value && typeof value === "object" ? deepCopy(value) : value
    );
}

/**
 * @param {object} field
 * @param {any} value as held by a record (parsed)
 * @returns {string | number | boolean | null} comparable by ===
 */
export function canonical(field, value) {
    switch (field.type) {
        case "char":
        case "text":
        case "html":
            return String(value || "");
        case "many2one":
            return value ? (Array.isArray(value) ? value[0] : value.id) : false;
        case "reference":
            return value ? `${value.resModel},${value.resId}` : false;
        case "many2one_reference":
            return value ? value.resId : false;
        case "date":
            return value ? serializeDate(value) : false;
        case "datetime":
            return value ? serializeDateTime(value) : false;
        case "boolean":
            return Boolean(value);
        case "integer":
        case "float":
        case "monetary":
            return value || 0;
        case "selection":
            return value ?? false;
    }
    return JSON.stringify(value ?? false);
}

/**
 * @param {object} field
 * @param {any} a parsed value
 * @param {any} b parsed value
 */
export function sameValue(field, a, b) {
    const [x, y] = [canonical(field, a), canonical(field, b)];
    if (field.type === "float" || field.type === "monetary") {
        const digits = field.digits?.[1] ?? DEFAULT_DIGITS;
        return Math.abs(x - y) < 0.5 * 10 ** -digits;
    }
    return x === y;
}

/**
 * Stricter, for values just read: the name of a many2one counts too.
 *
 * @param {object} field
 * @param {any} current parsed value
 * @param {any} raw value in web_read format
 */
export function showsValue(field, current, raw) {
    const value = parse(field, raw);
    if (field.type === "many2one" || field.type === "reference") {
        return JSON.stringify(current) === JSON.stringify(value);
    }
    return sameValue(field, current, value);
}

/**
 * Decide what a chain of changes means for a record that shows `current`. Looking from
 * the end, a replayed old change is recognised instead of being applied again.
 *
 * @param {object} field
 * @param {any} current parsed value
 * @param {Step[]} steps in the order in which they happened
 * @returns {Verdict}
 */
export function resolve(field, current, steps) {
    const last = steps.length - 1;
    for (let i = last; i >= 0; i--) {
        if (sameValue(field, current, parse(field, steps[i][1]))) {
            return i === last ? {kind: "same"} : follow(field, steps, i + 1);
        }
        if (sameValue(field, current, parse(field, steps[i][0]))) {
            return follow(field, steps, i);
        }
    }
    return {kind: "unknown"};
}

function follow(field, steps, start) {
    for (let i = start + 1; i < steps.length; i++) {
        const before = parse(field, steps[i - 1][1]);
        if (!sameValue(field, before, parse(field, steps[i][0]))) {
            return {kind: "unknown"};
        }
    }
    return {kind: "next", value: steps.at(-1)[1]};
}
