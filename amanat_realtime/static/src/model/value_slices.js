import {indexById} from "./datapoints";

/** Rows in a slice. Each slice draws the list anew, so of long lists it has more. */
const LEAST = 25;
const MOST_SLICES = 8;

function recordsIn(groups) {
    return groups.flatMap(({__groups, __records}) =>
        __groups ? recordsIn(__groups.groups) : __records || []
    );
}

/**
 * Rows that stay take the values that were just read before any row comes, goes or
 * moves: so many in each frame that no frame is held up.
 *
 * Called under the model's mutex, so no message comes between two slices.
 *
 * @param {import("./patcher").ModelPatcher} patcher
 * @param {object} data see `Refresher.fetch`: a page, or groups
 * @param {import("../core/message").Author} [by]
 * @returns {Promise<boolean>} false if the view changed meanwhile
 */
export async function applyValuesInSlices(patcher, {page, groups}, by) {
    const {departures, model, recordPatcher} = patcher;
    const {root} = model;
    const index = indexById(root, root.resModel);
    const sent = page ? page.records : recordsIn(groups.groups);
    const size = Math.max(LEAST, Math.ceil(sent.length / MOST_SLICES));
    let room = size;
    for (const values of sent) {
        for (const record of index.get(values.id) || []) {
            if (departures.has(record)) {
                continue;
            }
            const fields = recordPatcher.applyRead(record, values, by);
            patcher.notifyChanged(fields);
            room -= fields.length ? 1 : 0;
        }
        if (room <= 0) {
            await patcher.drawn();
            if (patcher.destroyed || model.root !== root) {
                return false;
            }
            room = size;
            patcher.protectFocus();
        }
    }
    return true;
}
