import {x2ManyCommands} from "@web/core/orm_service";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {patcherOf} from "../core/patcher_of";
import {listsOf} from "../model/datapoints";
import {isMissingError, isOneMissing} from "./missing";
import {isGuarded} from "./sent_bases";

const {UPDATE} = x2ManyCommands;

function isGone(record) {
    return Boolean(
        record.amanatGone || (record._parentRecord && isGone(record._parentRecord))
    );
}

const rootOf = (record) =>
    record._parentRecord ? rootOf(record._parentRecord) : record;

/** @returns {number[]} ids of lines that are being changed */
function changedIds({_commands: commands}) {
    return commands
        .filter(([code, id]) => code === UPDATE && typeof id === "number")
        .map(([, id]) => id);
}

/** Something else may be missing: that is for others to tell. */
async function isSomethingDeleted(record) {
    const {orm} = record.model;
    const places = [
        [record.resModel, [record.resId]],
        ...listsOf(record).map((list) => [list.resModel, changedIds(list)]),
    ];
    for (const [resModel, ids] of places) {
        if (await isOneMissing(orm, resModel, ids)) {
            return true;
        }
    }
    return false;
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
            const root = rootOf(this);
            if (!isMissingError(error) || !root.resId || !isGuarded(root)) {
                throw error;
            }
            if (
                !(await isSomethingDeleted(root)) &&
                !(await isSomethingDeleted(this))
            ) {
                throw error;
            }
            // The view will say so, and the save will ask.
            patcherOf(this.model)?.readAgain(root);
            return {};
        }
    },
});
