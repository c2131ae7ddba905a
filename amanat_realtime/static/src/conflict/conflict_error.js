import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {WarningDialog} from "@web/core/errors/error_dialogs";

export const CONFLICT_ERROR =
    "odoo.addons.amanat_realtime.exceptions.RealtimeConflictError";

/**
 * @typedef {{
 *  id: number,
 *  path: [field: string, lineId: number][],
 *  field: string | null,
 *  label: string,
 *  type: string,
 *  base: any,
 *  mine: any,
 *  theirs: any,
 *  by?: import("../core/message").Author | null,
 *  at?: string | null,
 *  deleted?: boolean,
 *  removed?: boolean,
 * }} ServerConflict values in web_read format; `deleted`: a line that they deleted;
 *  `removed`: a line that I delete
 */

/** @returns {boolean} */
export function isConflictError(error) {
    return (
        error instanceof RPCError &&
        error.exceptionName === CONFLICT_ERROR &&
        Array.isArray(error.data?.context?.conflicts)
    );
}

/** @returns {ServerConflict[]} */
export function conflictsIn(error) {
    return error.data.context.conflicts;
}

// Saves of other code than the relational model: say what happened, as for any refusal.
registry.category("error_dialogs").add(CONFLICT_ERROR, WarningDialog);
