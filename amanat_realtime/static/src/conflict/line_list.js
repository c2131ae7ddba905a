/**
 * @param {object} line datapoint of a x2many field
 * @returns {object | undefined} the list that it is in
 */
export function listOf(line) {
    const parent = line._parentRecord;
    const lists = Object.keys(parent?.activeFields || {}).map((f) => parent.data[f]);
    return lists.find((list) => list?._cache?.[line.resId]?.id === line.id);
}
