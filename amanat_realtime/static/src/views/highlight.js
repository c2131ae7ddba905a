import {browser} from "@web/core/browser/browser";
import {setAuthorColor} from "../core/author_color";
import {requestFlash} from "./flash";

/** @typedef {import("../core/message").Author} Author */

export const LEAVING_DURATION = 600;

export function prefersReducedMotion() {
    return browser.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Rows and cards of a record; a form's root record has none. */
export function rowsOf(record) {
    return [
        ...document.querySelectorAll(
            `.o_data_row[data-id="${record.id}"], .o_kanban_record[data-id="${record.id}"]`
        ),
    ];
}

function fieldsIn(container, fieldName, inRow) {
    const name = CSS.escape(fieldName);
    const selector = inRow
        ? `:scope > td[name="${name}"], .o_field_widget[name="${name}"]`
        : `.o_field_widget[name="${name}"]`;
    const found = [...container.querySelectorAll(selector)];
    return inRow
        ? found.filter((el) => !el.parentElement.closest(`td[name="${name}"]`))
        : found.filter((el) => !el.closest(".o_data_row, .o_kanban_record"));
}

/**
 * Show for a moment what somebody else changed.
 *
 * @param {object} record
 * @param {string[]} fieldNames
 * @param {Author} [by]
 * @param {() => HTMLElement | null} [getFormEl] root element of the record's form
 */
export function flashRecord(record, fieldNames, by, getFormEl) {
    if (prefersReducedMotion()) {
        return;
    }
    const cellsIn = (container, inRow) =>
        fieldNames
            .flatMap((name) => fieldsIn(container, name, inRow))
            .map((el) => ({el, kind: "cell", isTitled: true}));
    requestFlash((index) => {
        const rows = index.of(record);
        if (!rows.length) {
            const formEl = record._parentRecord ? null : getFormEl?.();
            return formEl ? cellsIn(formEl, false) : [];
        }
        const near = rows.filter((row) => index.isNear(row));
        return [
            ...near.map((el) => ({el, kind: "row"})),
            ...near.flatMap((row) => cellsIn(row, true)),
        ];
    }, by);
}

/**
 * The same for what is no field of a record: a total, an event of a calendar.
 *
 * @param {() => (HTMLElement | undefined)[]} find called when everything is drawn
 * @param {Author} [by]
 */
export function flashElements(find, by) {
    if (prefersReducedMotion()) {
        return;
    }
    requestFlash(
        () =>
            find()
                .filter(Boolean)
                .map((el) => ({el, kind: "cell", isTitled: true})),
        by
    );
}

/** @returns {boolean} whether the row is marked, false if it may go at once */
export function markLeaving(record, by) {
    const rows = rowsOf(record);
    if (
        prefersReducedMotion() ||
        document.visibilityState === "hidden" ||
        !rows.length
    ) {
        return false;
    }
    for (const row of rows) {
        setAuthorColor(row, by);
        row.classList.add("o_amanat_leaving");
    }
    return true;
}

export function unmarkLeaving(record) {
    rowsOf(record).forEach((row) => row.classList.remove("o_amanat_leaving"));
}
