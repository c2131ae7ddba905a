/**
 * Put the lines that were just read in a x2many list, keeping every line that is still
 * there: replacing the list as a whole would throw a line in edition out of it.
 *
 * @param {object} list StaticList
 * @param {object[]} lines in web_read format, in display order
 * @param {(line: object, values: object) => boolean} patchLine
 * @returns {{changed: boolean, busy: boolean}} busy: local changes are in the way
 */
export function mergeLines(list, lines, patchLine) {
    if (list._commands.length) {
        return {changed: false, busy: true};
    }
    const values = lines.map((line) => (typeof line === "number" ? {id: line} : line));
    const ids = values.map(({id}) => id);
    let changed = false;
    for (const line of values) {
        const record = list._cache[line.id];
        if (record && Object.keys(line).length > 1) {
            changed = patchLine(record, line) || changed;
        }
    }
    if (ids.join() === list._currentIds.join()) {
        return {changed, busy: false};
    }
    const edited = list.editedRecord;
    if (edited && !ids.includes(edited.resId)) {
        return {changed, busy: true};
    }
    list.model._updateConfig(list.config, {resIds: ids}, {reload: false});
    list._initialCurrentIds = [...ids];
    list._currentIds = [...ids];
    for (const id of Object.keys(list._cache)) {
        if (!ids.includes(list._cache[id].resId)) {
            delete list._cache[id];
        }
    }
    list.records = values
        .slice(list.offset, list.offset + list.limit)
        .map((line) => list._cache[line.id] || list._createRecordDatapoint(line));
    list.count = ids.length;
    return {changed: true, busy: false};
}
