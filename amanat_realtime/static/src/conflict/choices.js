import {x2ManyCommands} from "@web/core/orm_service";
import {patcherOf} from "../core/patcher_of";
import {isOpaque, isX2many, sameValue} from "../model/record_diff";
import {currentValue} from "./base_values";
import {savedIds} from "./line_list";
import {clearConflict, conflictOf, isContested, setConflict} from "./field_conflict";

const {LINK, SET, UNLINK} = x2ManyCommands;
const TEXTS = ["char", "text", "html"];
const idsOf = (members) => members.map(({id}) => id);

/**
 * Commands are told relative to what the server has: say the whole difference, so that
 * what the person sees is what is stored.
 */
function commandsTowards(list, theirIds) {
    const own = list._commands.filter(([code]) => ![LINK, SET, UNLINK].includes(code));
    const wanted = savedIds(list);
    return [
        ...own,
        ...wanted.filter((id) => !theirIds.includes(id)).map((id) => [LINK, id]),
        ...theirIds.filter((id) => !wanted.includes(id)).map((id) => [UNLINK, id]),
    ];
}

/**
 * The next save overwrites their value, knowingly.
 *
 * @param {object} record
 * @param {string} fieldName
 * @param {any} [theirs] the value that the person was shown
 */
export async function keepMine(record, fieldName, theirs) {
    if (!isContested(record, fieldName)) {
        return;
    }
    const shown = theirs === undefined ? conflictOf(record, fieldName).theirs : theirs;
    record.amanatBases[fieldName] = shown;
    if (isX2many(record.fields[fieldName])) {
        const list = record.data[fieldName];
        list._commands = commandsTowards(list, idsOf(shown));
    }
    noteServerValue(record, fieldName, shown);
    clearConflict(record, fieldName);
}

/** Properties are also fields of their own, named after the one that holds them. */
function partsOf(record, fieldName) {
    return Object.keys(record._changes).filter(
        (name) => record.fields[name].relatedPropertyField?.name === fieldName
    );
}

/** What the server has, as far as this page knows now. */
function noteServerValue(record, fieldName, value) {
    if (isOpaque(record.fields[fieldName])) {
        return;
    }
    record._values[fieldName] = value;
    if (TEXTS.includes(record.fields[fieldName].type)) {
        record._initialTextValues[fieldName] = value;
    }
}

/** Nothing of the person is left in the field. */
function dropLocalChange(record, fieldName) {
    if (isX2many(record.fields[fieldName])) {
        record.data[fieldName]._discard();
    }
    for (const name of [fieldName, ...partsOf(record, fieldName)]) {
        delete record._changes[name];
        record.data[name] = record._values[name];
        if (name in record._initialTextValues) {
            record._textValues[name] = record._initialTextValues[name];
        }
    }
    delete record.amanatBases[fieldName];
    record._removeInvalidFields(fieldName);
    record._setEvalContext();
    record.dirty = Object.keys(record._changes).length > 0;
}

/**
 * Put their value in the field as if the person had typed it: what depends on it is
 * computed again.
 */
async function adoptTheirs(record, fieldName, theirs) {
    const isMultiEdit = record.selected && record.model.multiEdit;
    if (!isOpaque(record.fields[fieldName]) && !isMultiEdit) {
        await record._update({[fieldName]: theirs});
    }
    noteServerValue(record, fieldName, theirs);
    dropLocalChange(record, fieldName);
}

/**
 * @param {object} record
 * @param {string} fieldName
 */
export async function takeTheirs(record, fieldName) {
    if (!isContested(record, fieldName)) {
        return;
    }
    const {model} = record;
    const shown = conflictOf(record, fieldName);
    // What is still being typed becomes a change of the record, that can be taken back.
    await model._askChanges();
    await model.mutex.exec(async () => {
        const mine = currentValue(record, fieldName);
        await adoptTheirs(record, fieldName, shown.theirs);
        setConflict(record, fieldName, {...shown, mine, state: "taken"});
        patcherOf(model)?.readAgain(record);
    });
}

/**
 * @param {object} record
 * @param {string} fieldName
 */
export async function undoTake(record, fieldName) {
    const conflict = conflictOf(record, fieldName);
    if (conflict?.state !== "taken") {
        return;
    }
    clearConflict(record, fieldName);
    const field = record.fields[fieldName];
    const {mine} = conflict;
    if (isX2many(field)) {
        await record.update({[fieldName]: [[SET, false, idsOf(mine)]]});
    } else if (!sameValue(field, record.data[fieldName], mine)) {
        await record.update({[fieldName]: mine});
    }
}
