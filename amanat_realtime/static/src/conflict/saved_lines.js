import {listsOf} from "../model/datapoints";
import {settle} from "./field_conflict";
import {savedIds} from "./line_list";

/**
 * After a save that did not read the record again, core takes its values for those of the
 * server, but not those of its lines: they would be saved again, with an old base.
 *
 * @param {object} record
 */
export function adoptSavedLines(record) {
    for (const list of listsOf(record)) {
        adoptMembers(list);
        Object.values(list._cache).forEach(adoptLine);
    }
}

function adoptMembers(list) {
    const ids = savedIds(list);
    list._initialCurrentIds = ids;
    list.model._updateConfig(list.config, {resIds: [...ids]}, {reload: false});
}

function adoptLine(line) {
    if (!line.resId) {
        return;
    }
    adoptSavedLines(line);
    Object.assign(line._values, line._changes);
    Object.keys(line._changes).forEach((name) => delete line._changes[name]);
    line.dirty = false;
    settle(line);
}
