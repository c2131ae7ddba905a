import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {setAuthorColor} from "../core/author_color";

/** @typedef {import("../core/message").Author} Author */

export const FLASH_DURATION = 3000;
export const LEAVING_DURATION = 600;

const running = new WeakMap();

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

function onceVisible(callback) {
    if (document.visibilityState !== "hidden") {
        return callback();
    }
    document.addEventListener("visibilitychange", () => onceVisible(callback), {
        once: true,
    });
}

/** Two frames: the first one is where OWL writes what the patch changed. */
function afterRender(callback) {
    onceVisible(() =>
        browser.requestAnimationFrame(() => browser.requestAnimationFrame(callback))
    );
}

/**
 * @param {HTMLElement} el
 * @param {string} className
 * @param {Author} [by]
 */
function flashElement(el, className, by, {titled = false} = {}) {
    if (running.has(el)) {
        running.get(el)();
        // Without a reflow in between the animation under way would just go on.
        void el.offsetWidth;
    }
    setAuthorColor(el, by);
    el.classList.add(className);
    const marksTitle = titled && by?.name && !el.title;
    const title =
        marksTitle && _t("Changed by %(author)s", {author: by.name}).toString();
    if (by?.name) {
        el.dataset.amanatAuthor = by.name;
    }
    if (marksTitle) {
        el.title = title;
    }
    const stop = () => {
        browser.clearTimeout(timer);
        running.delete(el);
        el.classList.remove(className);
        setAuthorColor(el);
        delete el.dataset.amanatAuthor;
        if (marksTitle && el.title === title) {
            el.removeAttribute("title");
        }
    };
    const timer = browser.setTimeout(stop, FLASH_DURATION);
    running.set(el, stop);
}

/**
 * Show for a moment what somebody else changed. Classes are put on the nodes
 * themselves: they survive the next patches and cost no render.
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
    afterRender(() => {
        const rows = rowsOf(record);
        const hasRow = rows.length || record._parentRecord;
        const formEl = hasRow ? null : getFormEl?.();
        rows.forEach((row) => flashElement(row, "o_amanat_flash", by));
        for (const container of formEl ? [formEl] : rows) {
            fieldNames
                .flatMap((name) => fieldsIn(container, name, !formEl))
                .forEach((el) =>
                    flashElement(el, "o_amanat_flash_cell", by, {titled: true})
                );
        }
    });
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

export function markGone(record, title) {
    for (const row of rowsOf(record)) {
        row.classList.remove("o_amanat_leaving");
        row.classList.add("o_amanat_gone");
        row.title = title;
    }
}

export function unmarkGone(record) {
    for (const row of rowsOf(record)) {
        row.classList.remove("o_amanat_gone");
        row.removeAttribute("title");
    }
}
