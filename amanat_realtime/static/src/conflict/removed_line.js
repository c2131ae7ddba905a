import {x2ManyCommands} from "@web/core/orm_service";
import {forgetAll} from "./field_conflict";
import {listOf} from "./line_list";
import {parsedValue} from "./server_conflict";

/** @typedef {import("./conflict_error").ServerConflict} ServerConflict */

const {DELETE, UNLINK} = x2ManyCommands;

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
    const isRemoval = ([code, id]) =>
        [DELETE, UNLINK].includes(code) && id === line.resId;
    list._commands = list._commands.filter((command) => !isRemoval(command));
    const order = list._initialCurrentIds;
    const next = list._currentIds.findIndex(
        (id) => order.indexOf(id) > order.indexOf(line.resId)
    );
    list._currentIds.splice(next < 0 ? list._currentIds.length : next, 0, line.resId);
    list.records = list._currentIds
        .slice(list.offset, list.offset + list.limit)
        .map((id) => list._cache[id])
        .filter(Boolean);
    list.count = list._currentIds.length;
    forgetAll(line);
}
