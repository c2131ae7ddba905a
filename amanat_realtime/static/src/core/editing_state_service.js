import {EventBus, toRaw} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

/**
 * @typedef {"free" | "changed" | "typing" | "holding"} FieldState
 *  - changed: a local change waits in the record to be saved;
 *  - typing: text is in an input that protects itself from the model;
 *  - holding: text is in a widget that would drop it if its value changed.
 *
 * @typedef {{
 *  fieldState: (record: object, fieldName: string, formEl?: HTMLElement) => FieldState,
 *  localValue: (record: object, fieldName: string) => any,
 *  isFocused: (record: object) => boolean,
 *  watch: (model: object) => () => void,
 *  bus: EventBus,
 * }} EditingStateAPI `bus` triggers "RELEASED" when a typed input was left.
 */

const ROW = "[data-id].o_data_row, [data-id].o_kanban_record";
const SELF_PROTECTED = "input, textarea";
const UNPROTECTED =
    ".o-autocomplete, .o_field_date, .o_field_datetime, .o_field_daterange, .o_field_remaining_days";

/** Knows what the person at this tab is changing right now. */
export class EditingState {
    constructor() {
        this.setup();
    }

    setup() {
        this.bus = new EventBus();
        /** @type {{el: HTMLElement, name: string, rowId?: string} | null} */
        this.typed = null;
        const options = {capture: true};
        browser.addEventListener("input", (ev) => this.onInput(ev.target), options);
        browser.addEventListener("focusout", (ev) => this.onLeave(ev.target), options);
    }

    /**
     * @param {object} model relational model whose fields tell when text is committed
     * @returns {() => void}
     */
    watch(model) {
        const onDirty = ({detail}) => !detail && this.onLeave(this.typed?.el);
        model.bus.addEventListener("FIELD_IS_DIRTY", onDirty);
        return () => model.bus.removeEventListener("FIELD_IS_DIRTY", onDirty);
    }

    onInput(el) {
        const widget = el.closest?.(".o_field_widget[name]");
        if (widget) {
            const rowId = widget.closest(ROW)?.dataset.id;
            this.typed = {el, name: widget.getAttribute("name"), rowId};
        }
    }

    onLeave(el) {
        if (!el || this.typed?.el !== el) {
            return;
        }
        // The field commits on the same event: let it put its value in the record.
        browser.setTimeout(() => {
            if (this.typed?.el === el) {
                this.typed = null;
                this.bus.trigger("RELEASED");
            }
        });
    }

    /**
     * @param {object} record
     * @param {string} fieldName
     * @param {HTMLElement} [formEl] root element of the view of the record's model
     * @returns {FieldState}
     */
    fieldState(record, fieldName, formEl) {
        if (fieldName in record._changes) {
            return "changed";
        }
        if (this.isTyping(record, fieldName, formEl)) {
            const {el} = this.typed;
            const safe = el.matches(SELF_PROTECTED) && !el.closest(UNPROTECTED);
            return safe ? "typing" : "holding";
        }
        const unparsable =
            record._invalidFields.has(fieldName) &&
            !record._unsetRequiredFields.has(fieldName);
        return unparsable ? "typing" : "free";
    }

    isTyping(record, fieldName, formEl) {
        if (!this.typed?.el.isConnected || this.typed.name !== fieldName) {
            return false;
        }
        if (this.typed.rowId) {
            return this.typed.rowId === record.id;
        }
        if (formEl?.contains(this.typed.el)) {
            return toRaw(record.model).root?.id === record.id;
        }
        // A line opened in a dialog is drawn outside of its parent's view.
        return Boolean(record._parentRecord) && record.isInEdition;
    }

    /** What the person has, as it would be saved or as it was typed. */
    localValue(record, fieldName) {
        return fieldName in record._changes
            ? record._changes[fieldName]
            : (this.typed?.el.value ?? this.typed?.el.textContent ?? "");
    }

    /** @param {object} record */
    isFocused(record) {
        return document.activeElement?.closest(ROW)?.dataset.id === record.id;
    }
}

export const editingStateService = {
    /** @returns {EditingStateAPI} */
    start() {
        return new EditingState();
    },
};

registry.category("services").add("editing_state", editingStateService);
