import {_t} from "@web/core/l10n/translation";
import {nameField} from "../core/live_models";
import {canonical, isX2many} from "../model/record_diff";
import {shortened} from "../views/value_text";

/** Line breaks in what people typed would look like lines of ours. */
export const oneLine = (text) => shortened(String(text));

function ownName(record) {
    const {display_name: displayName, name} = record.data;
    const other = record.data[nameField(record.resModel)];
    const known = [displayName, name, other?.display_name ?? other].find(
        (value) => typeof value === "string" && value.trim()
    );
    if (known) {
        return oneLine(known);
    }
    if (record._parentRecord) {
        return String(record.resId ? _t("a line") : _t("a new line"));
    }
    return String(
        record.resId ? _t("record %(id)s", {id: record.resId}) : _t("a new record")
    );
}

/**
 * @param {object} record
 * @returns {string} what a person would call it
 */
export function recordName(record) {
    const name = ownName(record);
    return record._parentRecord
        ? _t("%(line)s in %(parent)s", {
              line: name,
              parent: ownName(record._parentRecord),
          }).toString()
        : name;
}

/** One record may be shown in several places: not by datapoint. */
export const recordKey = ({resModel, resId, id}) => `${resModel},${resId || id}`;

/**
 * @param {object} field
 * @param {any} value parsed
 * @returns {string | number | boolean | null}
 */
export function comparable(field, value) {
    if (isX2many(field)) {
        return [...(value?.currentIds || value || [])].map((r) => r?.id ?? r).join();
    }
    return canonical(field, value);
}
