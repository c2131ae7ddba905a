import {RPCError} from "@web/core/network/rpc";

const MISSING = "odoo.exceptions.MissingError";

/** @returns {boolean} whether the server did not find something */
export function isMissingError(error) {
    return error instanceof RPCError && error.exceptionName === MISSING;
}

/**
 * @param {object} orm
 * @param {string} resModel
 * @param {number[]} ids
 * @returns {Promise<boolean>} whether one of them is not there any more, for this person
 */
export async function isOneMissing(orm, resModel, ids) {
    if (!ids.length) {
        return false;
    }
    const context = {active_test: false};
    const domain = [["id", "in", ids]];
    const found = await orm.silent.searchCount(resModel, domain, {context});
    return found < ids.length;
}
