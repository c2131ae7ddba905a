import {isForm} from "../model/datapoints";

/** The record in the view that it is edited in, or is open in. */
function findRecord(realtime, {model, id}) {
    for (const patcher of realtime.patchers.values()) {
        const {root} = patcher.model;
        if (root?.resModel !== model) {
            continue;
        }
        const record = isForm(root) ? root : root.editedRecord;
        if (record?.resId === id) {
            return {root, record};
        }
    }
    return {};
}

/**
 * Save a record and leave it, as the person would do.
 *
 * @param {import("../core/realtime_service").RealtimeService} realtime
 * @param {{model: string, id: number}} place
 * @returns {Promise<boolean>} false if it could not be saved
 */
export async function letGo(realtime, place) {
    const {root, record} = findRecord(realtime, place);
    if (!record) {
        return true;
    }
    // Text that is still being typed becomes part of what is saved.
    document.activeElement?.blur();
    return Boolean(isForm(root) ? await record.save() : await root.leaveEditMode());
}
