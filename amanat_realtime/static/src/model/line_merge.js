import {x2ManyCommands} from "@web/core/orm_service";
import {markGoneLine} from "../conflict/gone_line";

const {UPDATE} = x2ManyCommands;

/**
 * @typedef {{
 *  patchLine: (line: object, values: object) => boolean,
 *  reason: import("./departures").Reason,
 *  setRows: (list: object, lines: object[]) => void,
 * }} MergeParams `reason`: why lines that are not there any more went
 */

const isChangedHere = (list, id) =>
    list._commands.some(([code, lineId]) => code === UPDATE && lineId === id);

/**
 * @param {(object | number)[]} lines in web_read format
 * @returns {{id: number}[]}
 */
export const asLines = (lines) =>
    lines.map((line) => (typeof line === "number" ? {id: line} : line));

/** After the last of its predecessors that is there. */
export function insertInOrder(ids, id, order) {
    let index = -1;
    for (let i = order.indexOf(id) - 1; i >= 0 && index < 0; i--) {
        index = ids.indexOf(order[i]);
    }
    ids.splice(index + 1, 0, id);
}

/**
 * What the person added, removed and changed stays; what others added and removed is
 * done too.
 */
function mergeIds(list, ids) {
    const known = list._initialCurrentIds;
    const gone = new Set(known.filter((id) => !ids.includes(id)));
    const next = list._currentIds.filter((id) => !gone.has(id));
    for (const id of ids.filter((i) => !known.includes(i) && !next.includes(i))) {
        insertInOrder(next, id, ids);
    }
    return {gone, next};
}

/** In the order of the server, unless the person has changed what is in the list. */
function nextIds(list, ids) {
    return list._commands.length
        ? mergeIds(list, ids)
        : {
              gone: new Set(list._currentIds.filter((id) => !ids.includes(id))),
              next: [...ids],
          };
}

/**
 * Put the lines that were just read in a x2many list, keeping every line that is still
 * there: replacing the list as a whole would throw a line in edition out of it, and
 * local changes with it.
 *
 * @param {object} list StaticList
 * @param {object[]} lines in web_read format, in display order
 * @param {MergeParams} params
 * @returns {{changed: boolean, busy: boolean, incomplete?: boolean}} busy: look again
 *  when the person is done; incomplete: lines of another page have to be loaded
 */
export function mergeLines(list, lines, {patchLine, reason, setRows}) {
    const values = asLines(lines);
    const ids = values.map(({id}) => id);
    let changed = false;
    for (const line of values) {
        const record = list._cache[line.id];
        if (record && Object.keys(line).length > 1) {
            changed = patchLine(record, line) || changed;
        }
    }
    const order = ids.join();
    const isKnown = order === list._initialCurrentIds.join();
    if (isKnown && (list._commands.length || order === list._currentIds.join())) {
        return {changed, busy: false};
    }
    const {gone, next} = nextIds(list, ids);
    const kept = [...gone].filter(
        (id) => list._cache[id]?.isInEdition || isChangedHere(list, id)
    );
    for (const id of kept) {
        insertInOrder(next, id, list._currentIds);
        if (list._cache[id]) {
            markGoneLine(list._cache[id], reason);
        }
        gone.delete(id);
    }
    list.model._updateConfig(list.config, {resIds: ids}, {reload: false});
    list._initialCurrentIds = [...ids];
    list._commands = list._commands.filter(([, id]) => !gone.has(id));
    gone.forEach((id) => delete list._cache[id]);
    const incomplete = show(list, next, values, setRows);
    return {changed: true, busy: kept.length > 0, incomplete};
}

/** Only the lines of the first page are sent with their values. */
function show(list, ids, values, setRows) {
    const whole = new Map(
        values.filter((line) => Object.keys(line).length > 1).map((l) => [l.id, l])
    );
    const page = ids.slice(list.offset, list.offset + list.limit);
    const isOnlyIds = !list.fieldNames.some((name) => name !== "id");
    const make = (id) =>
        (whole.has(id) || isOnlyIds) &&
        list._createRecordDatapoint(whole.get(id) || {id});
    list._currentIds = ids;
    const lines = page.map((id) => list._cache[id] || make(id)).filter(Boolean);
    setRows(list, lines);
    list.count = ids.length;
    return lines.length < page.length;
}

/**
 * @param {object} list StaticList
 * @returns {object[]} the lines that it has on its page, as far as they are known
 */
export function linesOnPage(list) {
    return list._currentIds
        .slice(list.offset, list.offset + list.limit)
        .map((id) => list._cache[id])
        .filter(Boolean);
}
