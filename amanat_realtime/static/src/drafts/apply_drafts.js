import {x2ManyCommands} from "@web/core/orm_service";
import {pick} from "@web/core/utils/objects";
import {parsedValue} from "../conflict/server_conflict";
import {isX2many, parse} from "../model/record_diff";

/** @typedef {import("./draft_service").Draft} Draft */

const {CREATE, DELETE, LINK, SET, UNLINK, UPDATE} = x2ManyCommands;

export const isCommands = (value) => value.some(Array.isArray);

/**
 * @param {object} record
 * @param {Draft} draft
 * @returns {boolean} whether the form shows the field, and lets it be changed
 */
export function isApplicable(record, {field}) {
    const isShown = field in record.activeFields;
    return isShown && record.isInEdition && !record._isReadonly(field);
}

function lineCommand(list, command) {
    const [code, id, values] = command;
    const isThere = list.currentIds.includes(id);
    switch (code) {
        case CREATE:
            return [CREATE, false, pick(values, ...known(list, values))];
        case UPDATE:
            return isThere && [UPDATE, id, pick(values, ...known(list, values))];
        case DELETE:
        case UNLINK:
            return isThere && [code, id];
        case LINK:
            return !isThere && [LINK, id];
    }
    return command;
}

const known = (list, values) => Object.keys(values).filter((f) => f in list.fields);

/** The format that `Record.update` takes. */
function changeOf(record, {field: fieldName, mine}) {
    const field = record.fields[fieldName];
    if (!isX2many(field)) {
        return parse(field, mine);
    }
    if (!isCommands(mine)) {
        const isSet = field.type === "many2many";
        return isSet ? [[SET, false, mine.map(({id}) => id)]] : [];
    }
    const list = record.data[fieldName];
    return mine.map((command) => lineCommand(list, command)).filter(Boolean);
}

/**
 * Put what was kept into a form, as if it were typed: it is saved with the form.
 *
 * @param {object} record
 * @param {Draft[]} drafts
 */
export async function applyDrafts(record, drafts) {
    const changes = drafts.map((draft) => [draft.field, changeOf(record, draft)]);
    if (!changes.length) {
        return;
    }
    await record.update(Object.fromEntries(changes));
    for (const {field, theirs} of drafts) {
        // The person decided about the value they were shown, not a newer one.
        if (field in record._changes && record.fields[field].type !== "one2many") {
            record.amanatBases[field] = parsedValue(record.fields[field], theirs);
        }
    }
}
