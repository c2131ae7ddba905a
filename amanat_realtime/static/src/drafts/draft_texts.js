import {_t} from "@web/core/l10n/translation";
import {x2ManyCommands} from "@web/core/orm_service";
import {wholeText} from "../conflict/server_conflict";
import {isX2many} from "../model/record_diff";
import {isCommands} from "./apply_drafts";

/** @typedef {import("./draft_service").Draft} Draft */

const {CREATE, DELETE, UNLINK, UPDATE} = x2ManyCommands;
const NO_FIELD = ["id", "display_name"];

function fieldsText(list, id, values) {
    const line = list._cache[id] || {
        fields: list.fields,
        activeFields: list.activeFields,
        data: {},
    };
    return Object.entries(values)
        .filter(([name]) => name in list.fields && !NO_FIELD.includes(name))
        .map(([name, value]) => {
            const label = list.fields[name].string || name;
            const isNested = isX2many(list.fields[name]) && isCommands(value || []);
            return `${label}: ${isNested ? "…" : wholeText(line, name, value)}`;
        })
        .join(", ");
}

/** One line of text per line that the draft is about. */
function lineText(list, line, name) {
    const text = fieldsText(list, line.id, line);
    return text ? `${name}: ${text}` : "";
}

function commandText(list, [code, id, values], nameOf) {
    switch (code) {
        case CREATE:
            return _t("New: %(values)s", {values: fieldsText(list, id, values)});
        case UPDATE:
            return lineText(list, {...values, id}, nameOf(id));
        case DELETE:
        case UNLINK:
            return _t("Removed: %(line)s", {line: nameOf(id)});
    }
    return "";
}

function joined(texts) {
    const shown = texts.map(String).filter(Boolean);
    return shown.join("\n") || _t("empty").toString();
}

/**
 * @param {object} record whose form shows the field
 * @param {Draft} draft
 * @returns {{original: string, mine: string, theirs: string}} never markup
 */
export function draftTexts(record, {field: fieldName, base, mine, theirs}) {
    if (!isX2many(record.fields[fieldName]) || !isCommands(mine)) {
        const text = (value) => wholeText(record, fieldName, value);
        return {original: text(base), mine: text(mine), theirs: text(theirs)};
    }
    const list = record.data[fieldName];
    const names = new Map(theirs.map((line) => [line.id, line.display_name]));
    const nameOf = (id) => names.get(id) || _t("deleted line").toString();
    const lines = (values) =>
        joined(values.map((l) => lineText(list, l, nameOf(l.id))));
    return {
        original: lines(base || []),
        mine: joined(mine.map((command) => commandText(list, command, nameOf))),
        theirs: lines(theirs),
    };
}
