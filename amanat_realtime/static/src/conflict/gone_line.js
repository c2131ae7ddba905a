import {x2ManyCommands} from "@web/core/orm_service";
import {getId} from "@web/model/relational_model/utils";
import {markGone, unmarkGone} from "../views/gone_mark";
import {isX2many} from "../model/record_diff";
import {forgetAll} from "./field_conflict";
import {listOf, savedIds} from "./line_list";

const {CREATE, SET, UPDATE} = x2ManyCommands;

/**
 * Somebody deleted a line that is being changed here.
 *
 * @param {object} line
 * @param {import("../model/departures").Reason} reason
 */
export function markGoneLine(line, reason) {
    line.amanatGone = reason;
    markGone(line, reason);
}

/** Nothing of what is in a line that is made again is known to the server. */
function reviveMembers(line, fieldName) {
    const list = line.data[fieldName];
    if (line.fields[fieldName].type === "one2many") {
        savedIds(list)
            .filter((id) => list._cache[id])
            .forEach((id) => reviveLine(list._cache[id]));
        return;
    }
    const ids = savedIds(list);
    const others = list._commands.filter(([code]) => [CREATE, UPDATE].includes(code));
    list._commands = [[SET, false, ids], ...others];
}

/** Of a file that was not chosen here only the size is known. */
function forgetFile(line, fieldName) {
    if (!(fieldName in line._changes)) {
        line._values[fieldName] = false;
        line.data[fieldName] = false;
    }
}

function reviveFields(line) {
    for (const fieldName of Object.keys(line.activeFields)) {
        const field = line.fields[fieldName];
        if (isX2many(field)) {
            reviveMembers(line, fieldName);
        } else if (field.type === "binary") {
            forgetFile(line, fieldName);
        }
    }
}

/** The person wants it nevertheless: it is created again when the record is saved. */
export function reviveLine(line) {
    const list = listOf(line);
    if (!list) {
        return;
    }
    reviveFields(line);
    const {resId} = line;
    const virtualId = getId("virtual");
    list.model._updateConfig(line.config, {resId: false, resIds: []}, {reload: false});
    line._virtualId = virtualId;
    line.amanatGone = null;
    forgetAll(line);
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
