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

const mustNotMove = (record, departures) =>
    record.isInEdition || departures.editing.isFocused(record);

/** Rows that the server did not send, each after the row that it followed. */
function reinsert(next, kept, previous) {
    for (const record of kept) {
        let index = -1;
        for (let i = previous.indexOf(record.id) - 1; i >= 0 && index < 0; i--) {
            index = next.findIndex(({id}) => id === previous[i]);
        }
        next.splice(index + 1, 0, record);
    }
}

/**
 * Moving a DOM node blurs the input in it: the rows around the one in edition move
 * instead, and it finds its place when the person leaves it.
 */
function pin(next, record, previous) {
    const without = next.filter(({id}) => id !== record.id);
    reinsert(without, [record], previous);
    return without;
}

/**
 * Bring a list to what the server just sent, keeping the datapoints (so rows, selection,
 * edition and scroll) of every record that stays.
 *
 * @param {ReconcileContext} ctx
 * @param {object} list DynamicRecordList
 * @param {{records: object[], length: number}} data
 */
export function applyPage(ctx, list, data) {
    const {departures, recordPatcher, by, strays} = ctx;
    const known = new Map(list.records.map((record) => [record.resId, record]));
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
    const previous = list.records.map(({id}) => id);
    const unsent = list.records.filter(
        (r) => r.isNew || known.get(r.resId)?.id === r.id
    );
    const leaving = unsent.filter(
        (record) => !record.isNew && !strays?.has(record.resId)
    );
    const kept = unsent.filter((record) => record.isNew || !strays?.has(record.resId));
    reinsert(next, kept, previous);
    for (const record of next.filter((r) => mustNotMove(r, departures))) {
        if (previous.includes(record.id)) {
            next = pin(next, record, previous);
        }
    }
    if (next.map(({id}) => id).join() !== previous.join()) {
        list.records = next;
    }
    list._updateCount(data);
    // Rows not saved yet are counted on the screen only.
    list.count += next.filter((record) => record.isNew).length;
    leaving.forEach((record) => departures.depart(record, ctx.reasonFor(record.resId)));
    entered.forEach((record) => flashRecord(record, [], by));
}
