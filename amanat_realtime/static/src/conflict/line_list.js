import {x2ManyCommands} from "@web/core/orm_service";
import {listsOf} from "../model/datapoints";

const {DELETE, UNLINK} = x2ManyCommands;

/**
 * @param {object} line datapoint of a x2many field
 * @returns {object | undefined} the list that it is in
 */
export function listOf(line) {
    const lists = line._parentRecord ? listsOf(line._parentRecord) : [];
    return lists.find((list) => list._cache[line.resId]?.id === line.id);
}

/**
 * @param {object} list
 * @returns {number[]} ids of what is in it and known to the server
 */
export function savedIds(list) {
    return list._currentIds.filter((id) => typeof id === "number");
}

/** Commands are `[code, id, values]`. */
export const isRemoval = ([code]) => [DELETE, UNLINK].includes(code);

/**
 * @param {object} list
 * @param {object} line
 * @returns {boolean} whether the person took it out of the list
 */
export function isBeingRemoved(list, line) {
    return list._commands.some(
        (command) => isRemoval(command) && command[1] === line.resId
    );
}
