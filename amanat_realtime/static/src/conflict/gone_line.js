import {x2ManyCommands} from "@web/core/orm_service";
import {getId} from "@web/model/relational_model/utils";
import {markGone, unmarkGone} from "../views/highlight";
import {goneText} from "../views/notices";
import {listOf} from "./line_list";

const {CREATE} = x2ManyCommands;

/**
 * Somebody deleted a line that is being changed here.
 *
 * @param {object} line
 * @param {import("../model/departures").Reason} reason
 */
export function markGoneLine(line, reason) {
    line.amanatGone = reason;
    markGone(line, goneText(reason));
}

/** The person wants it nevertheless: it is created again when the record is saved. */
export function reviveLine(line) {
    const list = listOf(line);
    if (!list) {
        return;
    }
    const {resId} = line;
    const virtualId = getId("virtual");
    list.model._updateConfig(line.config, {resId: false, resIds: []}, {reload: false});
    line._virtualId = virtualId;
    line.amanatGone = null;
    line.amanatBases = {};
    line.amanatConflicts = {};
    delete list._cache[resId];
    list._cache[virtualId] = line;
    list._currentIds = list._currentIds.map((id) => (id === resId ? virtualId : id));
    forgetServerId(list, resId);
    const others = list._commands.filter(([, id]) => id !== resId);
    list._commands = [...others, [CREATE, virtualId]];
    unmarkGone(line);
}

/** It is gone for this person too. */
export function dropLine(line) {
    const list = listOf(line);
    if (!list) {
        return;
    }
    const {resId} = line;
    unmarkGone(line);
    list._commands = list._commands.filter(([, id]) => id !== resId);
    list._currentIds = list._currentIds.filter((id) => id !== resId);
    list.records = list.records.filter(({id}) => id !== line.id);
    list.count = list._currentIds.length;
    delete list._cache[resId];
    forgetServerId(list, resId);
    line._parentRecord._setEvalContext();
}

function forgetServerId(list, resId) {
    const resIds = list.resIds.filter((id) => id !== resId);
    list.model._updateConfig(list.config, {resIds}, {reload: false});
    list._initialCurrentIds = list._initialCurrentIds.filter((id) => id !== resId);
}
