import {RPCError} from "@web/core/network/rpc";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {isGuarded} from "./sent_bases";

const MISSING = "odoo.exceptions.MissingError";

function isGone(record) {
    return Boolean(
        record.amanatGone || (record._parentRecord && isGone(record._parentRecord))
    );
}

/** The lines of a live record may be of a model that is not. */
function isGuardedByRoot(record) {
    return isGuarded(record._parentRecord || record);
}

/** Was it deleted, or one of its lines? The view will say so, and the save will ask. */
function lookAgain(record) {
    const {amanat_realtime: realtime} = record.model.env.services;
    realtime.patcherOf(record.model)?.readAgain(record);
}

patch(Record.prototype, {
    /**
     * The server has nothing to compute from, and its refusal would make the form throw
     * away what was typed.
     */
    _update(changes, options) {
        const withoutOnchange = isGone(this) || options?.withoutOnchange;
        return super._update(changes, {...options, withoutOnchange});
    },

    /** As above, where nobody knows yet that something was deleted. */
    async _getOnchangeValues() {
        try {
            return await super._getOnchangeValues(...arguments);
        } catch (error) {
            const isMissing =
                error instanceof RPCError && error.exceptionName === MISSING;
            if (!isMissing || !this.resId || !isGuardedByRoot(this)) {
                throw error;
            }
            lookAgain(this);
            return {};
        }
    },
});
