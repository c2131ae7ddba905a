import {RPCError} from "@web/core/network/rpc";

const MISSING = "odoo.exceptions.MissingError";

/**
 * A save failed because something does not exist: is it the record itself, deleted by
 * somebody while this page did not hear of it?
 *
 * @param {object} record
 * @param {Error} error
 * @returns {Promise<boolean>}
 */
export async function noteIfDeleted(record, error) {
    if (!(error instanceof RPCError) || error.exceptionName !== MISSING) {
        return false;
    }
    const {model, resModel, resId} = record;
    const domain = [["id", "=", resId]];
    const context = {active_test: false};
    const found = await model.orm.silent.searchCount(resModel, domain, {context});
    if (found) {
        return false;
    }
    const reason = {deleted: true};
    model.env.services.amanat_realtime.patcherOf(model)?.noteGone(record, reason);
    return true;
}
