import {_t} from "@web/core/l10n/translation";
import {x2ManyCommands} from "@web/core/orm_service";
import {isBinarySize} from "@web/core/utils/binary";
import {isNotSaved} from "../model/datapoints";
import {isX2many} from "../model/record_diff";
import {fieldLabel} from "../views/value_text";

const {UPDATE} = x2ManyCommands;

const isVirtual = (id) => typeof id !== "number";

function isEmpty(field, value) {
    return isX2many(field) ? !value.currentIds.length : !value || value.length === 0;
}

/** The person would miss it: unlike what Odoo computes, nobody fills it in again. */
function isMissed(record, fieldName, value) {
    const {readonly} = record.activeFields[fieldName];
    return readonly !== "True" && !isEmpty(record.fields[fieldName], value);
}

/** Collects the values of a record and, recursively, of its lines. */
class CreateValues {
    constructor() {
        /** @type {Set<string>} */
        this.leftOut = new Set();
    }

    /**
     * @param {object} record
     * @param {string | false} [inverse] field that is set by the parent of a line
     */
    of(record, inverse) {
        const values = {};
        const data = {...record._values, ...record._changes};
        for (const [fieldName, value] of Object.entries(data)) {
            const field = record.fields[fieldName];
            const isOwn = fieldName in record.activeFields && fieldName !== "id";
            if (!isOwn || fieldName === inverse || field.relatedPropertyField) {
                continue;
            }
            if (this.isUnknown(record, fieldName, value)) {
                this.leftOut.add(fieldLabel(record, fieldName));
            } else if (!isNotSaved(record, fieldName)) {
                values[fieldName] = this.formatted(record, fieldName, value);
            }
        }
        return values;
    }

    isUnknown(record, fieldName, value) {
        const {type} = record.fields[fieldName];
        // Views know only the size of a file that was not chosen in them.
        const isFileSize = type === "binary" && value && isBinarySize(value);
        const isMissedHere =
            isNotSaved(record, fieldName) && isMissed(record, fieldName, value);
        return Boolean(isFileSize || isMissedHere);
    }

    formatted(record, fieldName, value) {
        switch (record.fields[fieldName].type) {
            case "many2many":
                return this.links(value);
            case "one2many":
                return this.lines(record, fieldName, value);
        }
        return record._formatServerValue(record.fields[fieldName].type, value);
    }

    links(list) {
        const idOf = (id) => (isVirtual(id) ? list._cache[id].resId : id);
        const ids = list.currentIds.map(idOf).filter(Boolean);
        const made = list.currentIds.filter((id) => !idOf(id));
        const changed = list
            ._getCommands()
            .filter(([code, id]) => code === UPDATE && ids.includes(id));
        return [
            x2ManyCommands.set(ids),
            ...made.map((id) => x2ManyCommands.create(id, this.of(list._cache[id]))),
            ...changed,
        ];
    }

    lines(record, fieldName, list) {
        const commands = [];
        let count = 0;
        for (const id of list.currentIds) {
            const line = list._cache[id];
            const values = line ? this.of(line, list.config.relationField) : {};
            if (Object.keys(values).length) {
                commands.push(x2ManyCommands.create(false, values));
            } else {
                // Of another page of the list, or of a widget that shows names only.
                count++;
            }
        }
        if (count) {
            const field = fieldLabel(record, fieldName);
            this.leftOut.add(
                _t("%(count)s lines of “%(field)s”", {count, field}).toString()
            );
        }
        return commands;
    }
}

/**
 * @param {object} record whose local changes are all committed
 * @returns {{values: Record<string, any>, leftOut: string[]}} what a new record like the
 *  one on screen is made of, in the format of `create`, and what is not known here
 */
export function createValues(record) {
    const maker = new CreateValues();
    return {values: maker.of(record), leftOut: [...maker.leftOut]};
}
