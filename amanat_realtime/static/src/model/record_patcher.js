import {flashRecord} from "../views/highlight";
import {contest} from "../conflict/contest";
import {settle} from "../conflict/field_conflict";
import {currentValue} from "../conflict/base_values";
import {asLines, mergeLines} from "./line_merge";
import {isOpaque, isX2many, parse, resolve, showsValue} from "./record_diff";

/**
 * @typedef {import("../core/message").Author} Author
 * @typedef {import("./change_batch").RecordChange} RecordChange
 * @typedef {{by?: Author, at?: number | null}} Origin who changed it, and when
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

const isTypedIn = (state) => state === "typing" || state === "holding";

/**
 * @typedef {{isStillHeld: () => boolean, onReleased: () => void}} Held
 */

/** Brings remote values into one record, around what the person is changing in it. */
export class RecordPatcher {
    /**
     * @param {{
     *  editing: import("../core/editing_state_service").EditingStateAPI,
     *  toasts: object,
     *  getFormEl: () => HTMLElement | null,
     *  isDisplayed: (fieldName: string) => boolean,
     *  isSecret: (fieldName: string) => boolean,
     *  onHeld: (key: string, held: Held) => void,
     *  readAgain: (record: object) => void,
     *  loadLines: (list: object) => void,
     *  setRows: (list: object, lines: object[]) => void,
     *  redraw: () => void,
     * }} params `onHeld`: something waits until the person lets go of it
     */
    constructor(params) {
        Object.assign(this, params);
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
        return {fields: this.applyValues(record, values, change), read};
    }

    /**
     * @param {object} record
     * @param {object} raw all fields of the record, just read
     * @param {Author} [by]
     * @returns {string[]} fields that changed
     */
    applyRead(record, raw, by) {
        // Nobody says when it was, but somebody just said that it was.
        const origin = {by, at: by ? Date.now() : null};
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
        const merged = lines.filter((f) => this.applyLines(record, f, raw[f], origin));
        return [...this.applyValues(record, values, origin), ...merged];
    }

    applyLines(record, fieldName, lines, {by, at}) {
        const list = record.data[fieldName];
        const isChanged = fieldName in record._changes;
        if (isChanged && record.fields[fieldName].type === "many2many") {
            this.contestMembers(record, fieldName, lines, {by, at});
            return false;
        }
        const {changed, busy, incomplete} = mergeLines(list, lines, {
            patchLine: (line, values) => this.applyRead(line, values, by).length > 0,
            reason: {by, deleted: true},
            setRows: this.setRows,
        });
        if (incomplete) {
            this.loadLines(list);
        }
        if (busy) {
            this.onHeld(`${record.id} ${fieldName}`, {
                // A save or a load puts another list in the place of this one.
                isStillHeld: () =>
                    record.data[fieldName].id === list.id &&
                    Boolean(list._commands.length || list.editedRecord),
                onReleased: () => this.readAgain(record),
            });
        }
        if (changed) {
            record._setEvalContext();
            flashRecord(record, [fieldName], by, this.getFormEl);
        }
        return changed;
    }

    contestMembers(record, fieldName, lines, origin) {
        const theirs = asLines(lines);
        const mine = currentValue(record, fieldName);
        this.contest(record, fieldName, {theirs, mine, isCommitted: true}, origin);
        this.onHeld(`${record.id} ${fieldName}`, {
            isStillHeld: () => fieldName in record._changes,
            onReleased: () => this.readAgain(record),
        });
    }

    /**
     * @param {object} record
     * @param {object} values changed ones only, in web_read format
     * @param {Origin} origin
     * @returns {string[]}
     */
    applyValues(record, values, origin) {
        const {by} = origin;
        const visible = [];
        const accepted = {};
        const before = {};
        for (const [fieldName, value] of Object.entries(values)) {
            const state = this.stateOf(record, fieldName);
            if (this.mustWait(record, fieldName, state)) {
                this.waitFor(record, fieldName, true);
                continue;
            }
            if (state === "free") {
                visible.push(fieldName);
                before[fieldName] = record._values[fieldName];
            } else {
                this.contestValue(record, fieldName, value, state, origin);
            }
            if (state !== "holding") {
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
            this.tellChanges(record, visible, before, by);
        }
        return fieldNames;
    }

    tellChanges(record, fieldNames, before, by) {
        for (const fieldName of by ? this.worthTelling(record, fieldNames) : []) {
            const [oldValue, newValue] = [before[fieldName], record._values[fieldName]];
            this.toasts?.changed({record, fieldName, oldValue, newValue, by});
        }
    }

    /** What the person sees, and of that what somebody did rather than what follows. */
    worthTelling(record, fieldNames) {
        const seen = fieldNames.filter(
            (f) =>
                !this.isSecret(f) &&
                !record.activeFields[f].isHandle &&
                !record._isInvisible(f) &&
                (record._parentRecord || this.isDisplayed(f))
        );
        const done = seen.filter((f) => !record.fields[f].readonly);
        return done.length ? done : seen;
    }

    stateOf(record, fieldName) {
        return this.editing.fieldState(record, fieldName);
    }

    contest(record, fieldName, values, {by, at}) {
        const contested = contest(record, fieldName, {...values, by, at});
        if (contested && !this.isSecret(fieldName)) {
            this.toasts?.conflict({record, fieldName, by, ...contested});
        }
    }

    contestValue(record, fieldName, value, state, origin) {
        const isCommitted = state === "changed";
        const theirs = parse(record.fields[fieldName], value);
        const mine = this.editing.localValue(record, fieldName);
        this.contest(record, fieldName, {theirs, mine, isCommitted}, origin);
        if (!isCommitted) {
            this.waitFor(record, fieldName, state === "holding");
        }
    }

    /** Whether there is anything to decide shows when the field is left. */
    mustWait(record, fieldName, state) {
        // Which of the properties is being changed is not known before.
        const isVague =
            record.fields[fieldName].type === "properties" ||
            this.editing.isUntouched(record, fieldName);
        return isTypedIn(state) && isVague;
    }

    waitFor(record, fieldName, isHolding) {
        this.onHeld(`${record.id} ${fieldName}`, {
            isStillHeld: () => isTypedIn(this.stateOf(record, fieldName)),
            onReleased: () => this.onReleased(record, isHolding),
        });
    }

    /** What was typed became a change of the record, or was given up. */
    onReleased(record, wasHolding) {
        settle(record);
        // An input that took its text back shows what was there when it was entered.
        this.redraw();
        if (wasHolding) {
            record._applyValues({});
            this.readAgain(record);
        }
    }
}
