/** What can be told of an edited field from its elements. */

const FIELD = ".o_field_widget[name]";
const EDITOR = "[contenteditable=true]";
const CODE = ".ace_editor";
const SEARCH = ".o-autocomplete";
const DATES =
    ".o_field_date, .o_field_datetime, .o_field_daterange, .o_field_remaining_days";
const PICKER = ".o_datetime_picker";
const SELF_PROTECTED = "input, textarea";
const UNPROTECTED = [SEARCH, DATES, CODE].join();

export const fieldOf = (el) => el?.closest?.(FIELD);
export const isEditor = (el) => el.matches(EDITOR);
export const isCode = (el) => Boolean(el.closest(CODE));
export const isSearch = (el) => Boolean(el.closest(SEARCH));
export const isDate = (el) => Boolean(el?.closest?.(DATES));

/** Its widget keeps the text whatever the record says. */
export const protectsItself = (el) =>
    el.matches(SELF_PROTECTED) && !el.closest(UNPROTECTED);

/** A date may be picked without a key being pressed in its input. */
export const isPicking = (el) => isDate(el) && Boolean(document.querySelector(PICKER));

/** @returns {string[]} names of the fields whose values are edited in one widget */
export function fieldNamesOf(widget) {
    const parts = [...widget.querySelectorAll("[data-field]")];
    const names = isDate(widget) ? parts.map(({dataset}) => dataset.field) : [];
    return [...new Set([widget.getAttribute("name"), ...names])].filter(Boolean);
}

/**
 * Not every edit is an input event of the browser, and some begin in a toolbar.
 *
 * @returns {Element | undefined} the element of the field that just said it was edited
 */
export function editedElement() {
    const {anchorNode} = document.getSelection() || {};
    const {activeElement: active} = document;
    const isSource =
        active?.closest(FIELD) &&
        (isEditor(active) || isCode(active) || isDate(active));
    return isSource ? active : anchorNode?.parentElement?.closest(EDITOR);
}
