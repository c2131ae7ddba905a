import {patcherOf} from "../core/patcher_of";
import {isMissingError, isOneMissing} from "./missing";

/**
 * A save failed because something does not exist: is it the record itself, deleted by
 * somebody while this page did not hear of it?
 *
 * @param {object} record
 * @param {Error} error
 * @returns {Promise<boolean>}
 */
export async function noteIfDeleted(record, error) {
    const {model, resModel, resId} = record;
    const isGone =
        isMissingError(error) && (await isOneMissing(model.orm, resModel, [resId]));
    if (isGone) {
        patcherOf(model)?.noteGone(record, {deleted: true});
    }
    return isGone;
}
