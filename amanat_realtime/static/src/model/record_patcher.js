import {flashRecord} from "../views/highlight";
import {warnOfConflict} from "../views/notices";
import {mergeLines} from "./line_merge";
import {canonical, isOpaque, isX2many, parse, resolve, showsValue} from "./record_diff";

/**
 * @typedef {import("../core/message").Author} Author
 * @typedef {import("./change_batch").RecordChange} RecordChange
 * @typedef {{fields: string[], read: boolean}} Outcome
 */

const CHANGED_BY_EVERY_WRITE = ["write_date", "write_uid"];
const HARMLESS_CONTEXT_KEY = /^(default_|search_default_)|_view_ref$/;

/** A many2one whose widget shows more than the name that messages carry. */
function showsMoreThanName(record, fieldName) {
    const {related, context} = record.activeFields[fieldName];
    const extra = Object.keys(related?.activeFields || {});
    if (extra.some((name) => name !== "id" && name !== "display_name")) {
        return true;
    }
    const keys = [...String(context || "").matchAll(/["'](\w+)["']\s*:/g)];
    return keys.some(([, key]) => !HARMLESS_CONTEXT_KEY.test(key));
}

/** Brings remote values into one record, around what the person is changing in it. */
export class RecordPatcher {
    /**
     * @param {{
     *  editing: import("../core/editing_state_service").EditingStateAPI,
     *  notification: object,
     *  getFormEl: () => HTMLElement | null,
     *  isDisplayed: (fieldName: string) => boolean,
     *  onHeld: (record: object, isStillHeld: () => boolean) => void,
     * }} params `onHeld`: something could not be shown yet
     */
    constructor(params) {
        Object.assign(this, params);
        this.warned = new Set();
    }

    /**
     * @param {object} record
     * @param {RecordChange} change
     * @returns {Outcome}
     */
    applyChange(record, change) {
        const isShown = (fieldName) => fieldName in record.activeFields;
        const values = {};
        let read =
            [...change.stale].some(isShown) ||
            CHANGED_BY_EVERY_WRITE.some((f) => isShown(f) && this.isDisplayed(f));
        for (const [fieldName, steps] of change.steps) {
            const field = record.fields[fieldName];
            if (!isShown(fieldName)) {
                continue;
            }
            if (
                isOpaque(field) ||
                (field.type === "many2one" && showsMoreThanName(record, fieldName))
            ) {
                read = true;
                continue;
            }
            const verdict = resolve(field, record._values[fieldName], steps);
            if (
                verdict.kind === "unknown" ||
                (verdict.kind === "next" && change.outdated)
            ) {
                read = true;
            } else if (verdict.kind === "next") {
                values[fieldName] = verdict.value;
            }
        }
        return {fields: this.applyValues(record, values, change.by), read};
    }

    /**
     * @param {object} record
     * @param {object} raw all fields of the record, just read
     * @param {Author} [by]
     * @returns {string[]} fields that changed
     */
    applyRead(record, raw, by) {
        const values = {};
        const lines = [];
        for (const fieldName of Object.keys(raw)) {
            const field = record.fields[fieldName];
            if (fieldName === "id" || !(fieldName in record.activeFields)) {
                continue;
            }
            if (isX2many(field)) {
                lines.push(fieldName);
            } else if (!showsValue(field, record._values[fieldName], raw[fieldName])) {
                values[fieldName] = raw[fieldName];
                if (field.type === "properties" && field.definition_record in raw) {
                    values[field.definition_record] = raw[field.definition_record];
                }
            }
        }
        const merged = lines.filter((f) => this.applyLines(record, f, raw[f], by));
        return [...this.applyValues(record, values, by), ...merged];
    }

    applyLines(record, fieldName, lines, by) {
        if (fieldName in record._changes) {
            return false;
        }
        const list = record.data[fieldName];
        const {changed, busy} = mergeLines(
            list,
            lines,
            (line, values) => this.applyRead(line, values, by).length > 0
        );
        if (busy) {
            this.onHeld(record, () =>
                Boolean(list._commands.length || list.editedRecord)
            );
        }
        if (changed) {
            record._setEvalContext();
            flashRecord(record, [fieldName], by, this.getFormEl);
        }
        return changed;
    }

    /**
     * @param {object} record
     * @param {object} values changed ones only, in web_read format
     * @param {Author} [by]
     * @returns {string[]}
     */
    applyValues(record, values, by) {
        const visible = [];
        const accepted = {};
        for (const [fieldName, value] of Object.entries(values)) {
            const stateOf = () =>
                this.editing.fieldState(record, fieldName, this.getFormEl());
            const state = stateOf();
            if (state === "free") {
                visible.push(fieldName);
            } else {
                this.warn(record, fieldName, value, by);
            }
            if (state === "holding") {
                this.onHeld(record, () => stateOf() === "holding");
            } else {
                accepted[fieldName] = value;
            }
        }
        const fieldNames = Object.keys(accepted);
        if (!fieldNames.length) {
            return fieldNames;
        }
        record._applyValues(accepted);
        record._removeInvalidFields(...visible);
        if (visible.length) {
            flashRecord(record, visible, by, this.getFormEl);
        }
        return fieldNames;
    }

    warn(record, fieldName, value, by) {
        const field = record.fields[fieldName];
        const theirs = parse(field, value);
        const mine = this.editing.localValue(record, fieldName);
        const said = `${record.id} ${fieldName} ${canonical(field, theirs)}`;
        const agree =
            fieldName in record._changes &&
            canonical(field, mine) === canonical(field, theirs);
        if (!agree && !this.warned.has(said)) {
            this.warned.add(said);
            warnOfConflict(this.notification, {record, fieldName, theirs, mine, by});
        }
    }
}
