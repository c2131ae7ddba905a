import {insertInOrder} from "../model/line_merge";
import {forgetAll} from "./field_conflict";
import {isRemoval, listOf} from "./line_list";
import {parsedValue} from "./server_conflict";

/** @typedef {import("./conflict_error").ServerConflict} ServerConflict */

/**
 * They changed the line that the person deletes, who wants it deleted nevertheless.
 *
 * @param {object} line
 * @param {ServerConflict} conflict
 */
export function keepRemoval(line, {field, theirs}) {
    line.amanatBases[field] = parsedValue(line.fields[field], theirs);
}

/** @param {object} line that the person deleted, and now does not */
export function undoRemoval(line) {
    const list = listOf(line);
    if (!list || list._currentIds.includes(line.resId)) {
        return;
    }
    list._commands = list._commands.filter(
        (command) => !isRemoval(command) || command[1] !== line.resId
    );
    insertInOrder(list._currentIds, line.resId, list._initialCurrentIds);
    list.records = list._currentIds
        .slice(list.offset, list.offset + list.limit)
        .map((id) => list._cache[id])
        .filter(Boolean);
    list.count = list._currentIds.length;
    forgetAll(line);
}
