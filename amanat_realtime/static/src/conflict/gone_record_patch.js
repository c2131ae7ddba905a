import {RPCError} from "@web/core/network/rpc";
import {x2ManyCommands} from "@web/core/orm_service";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {isX2many} from "../model/record_diff";
import {isGuarded} from "./sent_bases";

const MISSING = "odoo.exceptions.MissingError";
const {UPDATE} = x2ManyCommands;

function isGone(record) {
    return Boolean(
        record.amanatGone || (record._parentRecord && isGone(record._parentRecord))
    );
}

const rootOf = (record) =>
    record._parentRecord ? rootOf(record._parentRecord) : record;

/** @returns {[model: string, ids: number[]][]} what is being changed, lines included */
function changedIds(record) {
    const lists = Object.keys(record.activeFields)
        .filter((f) => isX2many(record.fields[f]))
        .map((f) => record.data[f]);
    const idsOf = ({_commands: commands}) =>
        commands.filter(([code]) => code === UPDATE).map(([, id]) => id);
    return [
        [record.resModel, [record.resId]],
        ...lists.map((list) => [
            list.resModel,
            idsOf(list).filter((id) => typeof id === "number"),
        ]),
    ];
}

/** Something else may be missing: that is for others to tell. */
async function isSomethingDeleted(record) {
    const {orm} = record.model;
    for (const [resModel, ids] of changedIds(record)) {
        const found = ids.length
            ? await orm.silent.searchCount(resModel, [["id", "in", ids]], {
                  context: {active_test: false},
              })
            : 0;
        if (found < ids.length) {
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
            const isMissing =
                error instanceof RPCError && error.exceptionName === MISSING;
            const root = rootOf(this);
            if (!isMissing || !root.resId || !isGuarded(root)) {
                throw error;
            }
            if (
                !(await isSomethingDeleted(root)) &&
                !(await isSomethingDeleted(this))
            ) {
                throw error;
            }
            // The view will say so, and the save will ask.
            const {amanat_realtime: realtime} = this.model.env.services;
            realtime.patcherOf(this.model)?.readAgain(root);
            return {};
        }
    },
});
