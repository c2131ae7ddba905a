import {toRaw} from "@odoo/owl";
import {ConflictDialog} from "./conflict_dialog";
import {conflictsIn} from "./conflict_error";
import {targetOf, timeOf, wholeText} from "./server_conflict";
import {fieldLabel, recordName} from "../views/value_text";

/**
 * @typedef {import("./conflict_error").ServerConflict} ServerConflict
 * @typedef {"mine" | "theirs"} Choice
 */

/**
 * One question at a time per model: the newest is the one that counts.
 *
 * @type {WeakMap<object, {record: object | null, close: () => void}>}
 */
const openQuestions = new WeakMap();

/** A line by its name, and what was changed in it. */
function lineText(line, values) {
    const known = Object.entries(values || {}).filter(([f]) => f in line.fields);
    const texts = known.map(
        ([f, raw]) => `${fieldLabel(line, f)}: ${wholeText(line, f, raw)}`
    );
    return [recordName(line), ...texts].filter(Boolean).join("\n");
}

function labelOf(record, target, {label}, isOnlyRecord) {
    const isLine = target !== record;
    const names = [
        isOnlyRecord ? "" : recordName(record),
        isLine ? recordName(target) : "",
    ];
    return [...names.filter(Boolean), label].join(" / ");
}

function toEntry(record, conflict, key, isOnlyRecord) {
    const target = targetOf(record, conflict) || record;
    const {by, deleted, removed, field} = conflict;
    const label = labelOf(record, target, conflict, isOnlyRecord);
    const entry = {key, label, by: by || undefined, at: timeOf(conflict)};
    if (deleted || !target.fields[field]) {
        return {
            ...entry,
            original: lineText(target, conflict.base),
            mine: lineText(target, conflict.mine),
            theirs: "",
            deleted: true,
        };
    }
    return {
        ...entry,
        original: wholeText(target, field, conflict.base),
        mine: removed ? "" : wholeText(target, field, conflict.mine),
        theirs: wholeText(target, field, conflict.theirs),
    };
}

/**
 * Ask the person what a refused save should have done. Nothing waits for the answer:
 * the record can be edited, and saved again, with the question open.
 *
 * @param {object} model
 * @param {Map<number, object>} records by id
 * @param {Error} error
 * @param {(choices: Choice[], conflicts: ServerConflict[]) => any} onChoose
 * @param {object} [record] that keeps what was not saved, for {@link withdrawQuestion}
 */
export function askAboutConflicts(model, records, error, onChoose, record = null) {
    const conflicts = conflictsIn(error).filter(({id}) => records.has(id));
    const ids = new Set(conflicts.map(({id}) => id));
    const entries = conflicts.map((conflict, i) =>
        toEntry(records.get(conflict.id), conflict, String(i), ids.size === 1)
    );
    openQuestions.get(toRaw(model))?.close();
    model.env.services.amanat_realtime_toasts?.closeConflicts();
    const close = model.dialog.add(ConflictDialog, {
        recordName: ids.size === 1 ? recordName(records.get(conflicts[0].id)) : "",
        mode: "conflict",
        entries,
        onChoose: (choices) =>
            onChoose(
                conflicts.map((_, i) => choices[String(i)]),
                conflicts
            ),
    });
    openQuestions.set(toRaw(model), {record: toRaw(record), close});
}

/**
 * A row that was left twice in quick succession is refused twice, and the first of the
 * two questions may have its answer before the second one is drawn.
 *
 * @param {object} record that was saved: nothing is left to be decided about it
 */
export function withdrawQuestion(record) {
    const question = openQuestions.get(toRaw(record.model));
    if (question?.record === toRaw(record)) {
        question.close();
    }
}
