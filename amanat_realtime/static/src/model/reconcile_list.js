import {flashRecord} from "../views/highlight";

/**
 * @typedef {{
 *  departures: import("./departures").Departures,
 *  recordPatcher: import("./record_patcher").RecordPatcher,
 *  reasonFor: (resId: number) => import("./departures").Reason,
 *  by?: import("../core/message").Author,
 *  strays?: Map<number, object>,
 * }} ReconcileContext `strays`: records by id that left another group of the view
 */

const idsOf = (datapoints) => datapoints.map(({id}) => id);

const sameOrder = (a, b) => idsOf(a).join() === idsOf(b).join();

/** @returns {object[]} also rows that the server did not send, each after its neighbour */
function reinsert(next, kept, previous) {
    const staying = new Set(idsOf(next));
    const inserted = new Map(kept.map((record) => [record.id, record]));
    const followers = new Map([[null, []], ...next.map(({id}) => [id, []])]);
    let neighbour = null;
    for (const id of previous) {
        if (staying.has(id)) {
            neighbour = id;
        } else if (inserted.has(id)) {
            followers.get(neighbour).push(inserted.get(id));
        }
    }
    const after = (record) => [record, ...followers.get(record.id)];
    return [...followers.get(null), ...next.flatMap(after)];
}

/**
 * Moving a DOM node blurs the input in it: the rows around the one in edition move
 * instead, and it finds its place when the person leaves it.
 */
function pin(next, record, previous) {
    const without = next.filter(({id}) => id !== record.id);
    return reinsert(without, [record], previous);
}

/**
 * Bring a list to what the server just sent, keeping the datapoints (so rows, selection,
 * edition and scroll) of every record that stays.
 *
 * @param {ReconcileContext} ctx
 * @param {object} list DynamicRecordList
 * @param {{records: object[], length: number, offset?: number}} data `offset`: where
 *  the page begins, if it is another one
 */
export function applyPage(ctx, list, data) {
    const {departures, recordPatcher, by, strays} = ctx;
    if (data.offset !== undefined && data.offset !== list.offset) {
        list.model._updateConfig(list.config, {offset: data.offset}, {reload: false});
    }
    const rows = departures.mover.rowsOf(list);
    const known = new Map(rows.map((record) => [record.resId, record]));
    const entered = [];
    let next = data.records.map((values) => {
        const record = known.get(values.id) || strays?.get(values.id);
        if (!record) {
            const created = list._createRecordDatapoint(values);
            entered.push(created);
            return created;
        }
        if (!known.delete(values.id)) {
            entered.push(record);
        }
        departures.stay(record);
        recordPatcher.applyRead(record, values, by);
        return record;
    });
    const previous = idsOf(rows);
    const unsent = rows.filter((r) => r.isNew || known.get(r.resId)?.id === r.id);
    const leaving = unsent.filter(
        (record) => !record.isNew && !strays?.has(record.resId)
    );
    const kept = unsent.filter((record) => record.isNew || !strays?.has(record.resId));
    next = reinsert(next, kept, previous);
    for (const record of next.filter((r) => departures.isPinned(r))) {
        if (previous.includes(record.id)) {
            const sent = next;
            next = pin(next, record, previous);
            if (!record.isNew && !sameOrder(next, sent)) {
                departures.misplace(record);
            }
        }
    }
    departures.mover.setRows(list, next);
    list._updateCount(data);
    // Rows not saved yet are counted on the screen only.
    list.count += next.filter((record) => record.isNew).length;
    departures.depart(leaving.map((record) => [record, ctx.reasonFor(record.resId)]));
    entered.forEach((record) => flashRecord(record, [], by));
}
