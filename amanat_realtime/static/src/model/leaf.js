import {canonical, parse, sameValue} from "./record_diff";

/**
 * What the server makes of a condition, as far as that is certain here. NULL and the
 * empty value of a field (0, "", no record) are the same to it.
 */

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const NUMBERS = ["integer", "float", "monetary"];
const MOMENTS = ["date", "datetime"];
const ORDERED = [...NUMBERS, ...MOMENTS];

/** Is it sure which value of the field is meant? Names, "today", other types are not. */
const IS_CERTAIN = {
    integer: Number.isInteger,
    float: (value) => typeof value === "number",
    monetary: (value) => typeof value === "number",
    boolean: (value) => typeof value === "boolean",
    selection: (value) => typeof value === "string",
    char: (value) => typeof value === "string",
    many2one: (value) => Number.isInteger(value) && value > 0,
    date: (value) => DATE.test(value),
    datetime: (value) => DATETIME.test(value),
};

const COMPARE = {
    "<": (a, b) => a < b,
    "<=": (a, b) => a <= b,
    ">": (a, b) => a > b,
    ">=": (a, b) => a >= b,
};

const EMPTY = {integer: 0, float: 0, monetary: 0, char: "", boolean: false};
const emptyOf = (field) => EMPTY[field.type] ?? false;

/** @returns {string | number | boolean | undefined} undefined if it is not certain */
function meant(field, value) {
    if (value === false) {
        return emptyOf(field);
    }
    return IS_CERTAIN[field.type]?.(value) ? value : undefined;
}

/** The database may hold more digits than were sent here. */
const areTooClose = (field, a, b) =>
    (field.type === "float" || field.type === "monetary") &&
    sameValue({type: "float"}, a, b);

/** @returns {boolean | undefined} undefined for numbers too close to tell */
function areEqual(field, a, b) {
    if (a === b) {
        return true;
    }
    return areTooClose(field, a, b) ? undefined : false;
}

function isIn(field, value, wanted) {
    const meanings = wanted.map((one) => meant(field, one));
    const equals = meanings.map((one) =>
        one === undefined ? undefined : areEqual(field, value, one)
    );
    if (equals.includes(true)) {
        return true;
    }
    return equals.includes(undefined) ? undefined : false;
}

function isOnSide(field, operator, value, limit) {
    if (!ORDERED.includes(field.type) || limit === false) {
        return undefined;
    }
    const bound = meant(field, limit);
    if (bound === undefined || areTooClose(field, value, bound)) {
        return undefined;
    }
    const isNull = MOMENTS.includes(field.type) && value === false;
    return !isNull && COMPARE[operator](value, bound);
}

const not = (verdict) => (verdict === undefined ? undefined : !verdict);

/**
 * @param {object} field
 * @param {[string, string, any]} leaf condition on the field itself, not on a path
 * @param {any} raw value of the field in web_read format
 * @returns {boolean | undefined} whether it holds, undefined if only the server knows
 */
export function leafHolds(field, [, operator, wanted], raw) {
    if (!(field.type in IS_CERTAIN) || field.translate) {
        return undefined;
    }
    const value = canonical(field, parse(field, raw));
    const isList = Array.isArray(wanted);
    switch (operator) {
        case "=":
            return isList ? undefined : isIn(field, value, [wanted]);
        case "!=":
            return isList ? undefined : not(isIn(field, value, [wanted]));
        case "in":
            return isList ? isIn(field, value, wanted) : undefined;
        case "not in":
            return isList ? not(isIn(field, value, wanted)) : undefined;
    }
    return operator in COMPARE ? isOnSide(field, operator, value, wanted) : undefined;
}

/**
 * @param {object} field
 * @param {any} a parsed value
 * @param {any} b parsed value
 * @returns {number | undefined} negative if the server puts a before b in ascending
 *  order, positive if after; undefined for ties, for what is empty (it may be NULL,
 *  which has a place of its own) and for what depends on a language or another table
 */
export function compareStrictly(field, a, b) {
    if (!ORDERED.includes(field.type)) {
        return undefined;
    }
    const [x, y] = [canonical(field, a), canonical(field, b)];
    if (!x || !y || x === y || areTooClose(field, x, y)) {
        return undefined;
    }
    return x < y ? -1 : 1;
}
