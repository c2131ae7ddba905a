import {toRaw} from "@odoo/owl";
import {report} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {rootRecords} from "../model/datapoints";
import {letGoOfRow} from "../views/row_focus";
import {askAboutConflicts} from "./ask";
import {keepMine, takeTheirs} from "./choices";
import {conflictsIn, isConflictError} from "./conflict_error";
import {dropLine, reviveLine} from "./gone_line";
import {chosenSave, refusedSave} from "./refused_save";
import {keepRemoval, undoRemoval} from "./removed_line";
import {noteServerConflict, parsedValue, targetOf} from "./server_conflict";

/** @typedef {import("./conflict_error").ServerConflict} ServerConflict */

/** Tell at least, should asking fail: the save did not happen. */
function tellRefusal(model, error, failure) {
    report("could not ask about a conflict", failure);
    model.notification.add(error.data.message, {type: "danger", sticky: true});
}

async function applyChoice(record, conflict, choice) {
    const target = targetOf(record, conflict);
    const isMine = choice === "mine";
    if (!target) {
        return;
    }
    if (conflict.deleted) {
        (isMine ? reviveLine : dropLine)(target);
    } else if (conflict.removed) {
        await (isMine ? keepRemoval : undoRemoval)(target, conflict);
    } else if (isMine) {
        const shown = parsedValue(target.fields[conflict.field], conflict.theirs);
        await keepMine(target, conflict.field, shown);
    } else {
        await takeTheirs(target, conflict.field);
    }
}

/**
 * A record in edition was not saved: mark its fields, and ask. Runs in the model's
 * mutex, so it must not wait for the person.
 *
 * @param {object} record
 * @param {Error} error
 */
export function resolveInPlace(record, error) {
    const {model} = record;
    try {
        conflictsIn(error).forEach((conflict) => noteServerConflict(record, conflict));
        const records = new Map([[record.resId, record]]);
        const onChoose = async (choices, conflicts) => {
            for (const [i, conflict] of conflicts.entries()) {
                await applyChoice(record, conflict, choices[i]);
            }
            await record.save();
        };
        askAboutConflicts(model, records, error, onChoose, record);
    } catch (failure) {
        tellRefusal(model, error, failure);
    }
}

async function sendAgain(model, save) {
    try {
        if (save.ids.length) {
            const {resModel, ids, valuesList, kwargs} = save;
            await model.orm.webSaveMulti(resModel, ids, valuesList, kwargs);
        }
    } catch (error) {
        if (!isConflictError(error)) {
            throw error;
        }
        resolveElsewhere(model, error);
    } finally {
        showStored(model, save.ids);
    }
}

function showStored(model, ids) {
    const refresher = patcherOf(model)?.refresher;
    ids.forEach((id) => refresher?.readRecord(id));
    refresher?.reconcile();
}

/**
 * Records that are not in edition (several at once, a card that was dragged) do not keep
 * what could not be saved: what was sent is kept instead, until the person has chosen.
 *
 * @param {object} model
 * @param {Error} error
 */
export function resolveElsewhere(model, error) {
    const refused = refusedSave(error);
    try {
        letGoOfRow();
        const shown = rootRecords(toRaw(model).root);
        const records = new Map(shown.map((record) => [record.resId, record]));
        showStored(model, refused.ids);
        askAboutConflicts(model, records, error, (choices, conflicts) =>
            sendAgain(model, chosenSave(refused, conflicts, choices))
        );
    } catch (failure) {
        tellRefusal(model, error, failure);
    }
}
