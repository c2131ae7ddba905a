import {deepCopy} from "@web/core/utils/objects";
import {BASE_KEY} from "./sent_bases";

/**
 * @typedef {import("./conflict_error").ServerConflict} ServerConflict
 * @typedef {{
 *  resModel: string,
 *  ids: number[],
 *  valuesList: Record<string, any>[],
 *  kwargs: Record<string, any>,
 * }} Save what was sent
 */

const refusals = new WeakMap();

/**
 * @param {Error} error
 * @param {Save} save
 */
export function rememberRefusal(error, save) {
    refusals.set(error, save);
}

/**
 * @param {Error} error
 * @returns {Save | undefined}
 */
export function refusedSave(error) {
    return refusals.get(error);
}

/** Commands of a line are `[code, id, values]`. */
function valuesAt(values, path) {
    return path.reduce((found, [fieldName, lineId]) => {
        const command = found?.[fieldName]?.find(([, id]) => id === lineId);
        return command?.[2];
    }, values);
}

function withoutCommand(values, path) {
    const [fieldName, lineId] = path.at(-1);
    const parent = valuesAt(values, path.slice(0, -1));
    parent[fieldName] = parent[fieldName].filter(([, id]) => id !== lineId);
}

/** Bases of a line are under its id; those of a member of a many2many next to it. */
function basesAt(bases, path) {
    return path.reduce((found, [fieldName, lineId]) => {
        const lines = found[fieldName];
        return Array.isArray(lines)
            ? lines.find(({id}) => id === lineId)
            : lines[lineId];
    }, bases);
}

/** Members that are changed in place keep the bases of their fields. */
function members(base, theirs) {
    const known = new Map(base.map((item) => [item.id, item]));
    return theirs.map((item) => known.get(item.id) || item);
}

/**
 * What to send instead, after the person chose.
 *
 * @param {Save} save
 * @param {ServerConflict[]} conflicts
 * @param {("mine" | "theirs")[]} choices in the order of the conflicts
 * @returns {Save} only records for which something is left to be saved
 */
export function chosenSave({resModel, ids, valuesList, kwargs}, conflicts, choices) {
    const values = Object.fromEntries(
        ids.map((id, i) => [id, deepCopy(valuesList[i])])
    );
    const bases = deepCopy(kwargs.context[BASE_KEY]);
    conflicts.forEach(({id, path, field, theirs, deleted, removed}, i) => {
        if (choices[i] === "mine" && !deleted) {
            const at = basesAt(bases[id], path);
            at[field] = Array.isArray(at[field]) ? members(at[field], theirs) : theirs;
        } else if (deleted || removed) {
            withoutCommand(values[id], path);
        } else {
            delete valuesAt(values[id], path)[field];
        }
    });
    const left = ids.filter((id) => Object.keys(values[id]).length);
    return {
        resModel,
        ids: left,
        valuesList: left.map((id) => values[id]),
        kwargs: {
            ...kwargs,
            context: {...kwargs.context, [BASE_KEY]: pick(bases, left)},
        },
    };
}

function pick(bases, ids) {
    return Object.fromEntries(
        ids.filter((id) => bases[id]).map((id) => [id, bases[id]])
    );
}
