import {toRaw} from "@odoo/owl";
import {isForm, rootRecords} from "../model/datapoints";

/** Some keys were pressed within that time: the person is typing. */
export const TYPING_TIME = 3000;

const FIELD = ".o_field_widget[name], td.o_data_cell[name]";
const WRITES = "input, textarea, select, [contenteditable=true], .o_select_menu";

/** @typedef {{record: object, field?: string, typing?: boolean}} Edited */

/** A line belongs to the field of the form that it is in. */
function outermostField(el, container) {
    let found = null;
    for (
        let field = el.closest(FIELD);
        field && container.contains(field);
        field = field.parentElement.closest(FIELD)
    ) {
        found = field;
    }
    return found?.getAttribute("name");
}

function focusedField(record, container) {
    const active = document.activeElement;
    const isWriting =
        container?.contains(active) &&
        active.closest(WRITES) &&
        !active.readOnly &&
        !active.disabled;
    const name = isWriting ? outermostField(active, container) : null;
    return name && name in record.fields && !record._isReadonly(name)
        ? name
        : undefined;
}

function isChanged(record) {
    return record.dirty || record.amanatTyped?.size > 0;
}

/**
 * @param {object} root of a mounted view
 * @param {HTMLElement | null} el of that view
 * @param {number} typedAt when a key was last pressed in a field, in milliseconds
 * @returns {Edited | null} the record that is edited there, and the field in it that
 *  has the focus
 */
export function editedPlace(root, el, typedAt) {
    const raw = toRaw(root);
    const record = isForm(raw) ? raw : rootRecords(raw).find((r) => r.isInEdition);
    if (!record?.resId || !el) {
        return null;
    }
    const container = isForm(raw)
        ? el
        : el.querySelector(`.o_data_row[data-id="${record.id}"]`);
    const field = focusedField(record, container);
    if (!field) {
        return !isForm(raw) || isChanged(record) ? {record} : null;
    }
    const typing = Date.now() - typedAt < TYPING_TIME;
    return {record, field, ...(typing ? {typing} : {})};
}
