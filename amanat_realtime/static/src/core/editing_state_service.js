import {EventBus, markRaw} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {captureBase, rebase} from "../conflict/base_values";
import {isContested} from "../conflict/field_conflict";

/**
 * @typedef {"free" | "changed" | "typing" | "holding"} FieldState
 *  - changed: a local change waits in the record to be saved;
 *  - typing: text is in an input that protects itself from the model;
 *  - holding: text is in a widget that would drop it if its value changed.
 *
 * @typedef {{el: HTMLElement, name: string, rowId?: string, record?: object}} Typed
 *  what was typed in last; its field belongs to a row, a card or the record of a form
 * @typedef {(typed: Typed) => object | undefined} Locate finds the record of a field
 *
 * @typedef {{
 *  fieldState: (record: object, fieldName: string) => FieldState,
 *  localValue: (record: object, fieldName: string) => any,
 *  isFocused: (record: object) => boolean,
 *  onCommitted: (record: object, fieldNames: string[]) => void,
 *  watch: (model: object, locate: Locate) => () => void,
 *  typed: Typed | null,
 *  bus: EventBus,
 * }} EditingStateAPI `bus` triggers "RELEASED" when a field that was typed in was left,
 *  and again when what was typed is committed.
 */

const FIELD = ".o_field_widget[name]";
const ROW = "[data-id].o_data_row, [data-id].o_kanban_record";
const EDITOR = "[contenteditable=true]";
const CODE = ".ace_editor";
const EDITOR_PATIENCE = 60_000;
const SELF_PROTECTED = "input, textarea";
const UNPROTECTED = [
    ".o-autocomplete, .o_field_date, .o_field_datetime, .o_field_daterange",
    ".o_field_remaining_days",
    CODE,
].join();

/** Not every edit in an editor is an input event; some begin in a toolbar. */
function editedElement() {
    const {anchorNode} = document.getSelection() || {};
    const selected = anchorNode?.parentElement?.closest(EDITOR);
    const {activeElement} = document;
    return activeElement?.closest(FIELD) ? activeElement : selected;
}

/** Knows what the person at this tab is changing right now. */
export class EditingState {
    constructor() {
        this.setup();
    }

    setup() {
        this.bus = new EventBus();
        /** @type {Typed | null} */
        this.typed = null;
        /** @type {Set<Locate>} */
        this.locators = new Set();
        const options = {capture: true};
        browser.addEventListener("input", (ev) => this.onInput(ev.target), options);
        browser.addEventListener("focusout", (ev) => this.onLeave(ev.target), options);
    }

    /**
     * @param {object} model relational model whose fields tell when they hold text
     * @param {Locate} locate
     * @returns {() => void}
     */
    watch(model, locate) {
        const onDirty = ({detail}) =>
            detail ? this.onInput(editedElement()) : this.onClean();
        model.bus.addEventListener("FIELD_IS_DIRTY", onDirty);
        this.locators.add(locate);
        return () => {
            model.bus.removeEventListener("FIELD_IS_DIRTY", onDirty);
            this.locators.delete(locate);
        };
    }

    onInput(el) {
        const widget = el?.closest?.(FIELD);
        if (!widget) {
            return;
        }
        // A field that says now that it is clean had its text taken back.
        this.beingTyped = el;
        Promise.resolve().then(() => (this.beingTyped = null));
        const name = widget.getAttribute("name");
        if (this.typed?.el !== el) {
            const rowId = widget.closest(ROW)?.dataset.id;
            this.typed = {el, name, rowId};
            for (const locate of this.locators) {
                this.typed.record = this.typed.record || locate(this.typed);
            }
        }
        if (this.typed.record) {
            this.begin(this.typed);
        }
    }

    /** The base is what was there when the person began, whatever comes meanwhile. */
    begin({record, name, el}) {
        if (record.amanatTyped.has(name)) {
            record.amanatTyped.get(name).isLeft = false;
            return;
        }
        const isKnown = name in record._changes || isContested(record, name);
        (isKnown ? captureBase : rebase)(record, name);
        record.amanatTyped.set(name, markRaw({el, isLeft: false}));
    }

    /** Some field committed what it holds, or holds nothing any more. */
    onClean() {
        const {typed} = this;
        if (!typed) {
            return;
        }
        if (this.beingTyped === typed.el) {
            this.release(typed);
        } else if (!typed.el.contains(document.activeElement)) {
            this.onLeave(typed.el);
        }
    }

    onLeave(el) {
        const {typed} = this;
        if (!el || typed?.el !== el) {
            return;
        }
        // The field commits on the same event: let it put its value in the record.
        browser.setTimeout(async () => {
            const entry = typed.record?.amanatTyped.get(typed.name);
            if (entry?.el === el) {
                entry.isLeft = true;
            }
            if (el.matches(EDITOR)) {
                // Its commit, which may upload pictures first, is what releases it.
                browser.setTimeout(() => this.releaseLeft(typed), EDITOR_PATIENCE);
                return;
            }
            // A commit may have to wait for a save that is under way.
            await typed.record?.model.mutex.getUnlockedDef();
            this.releaseLeft(typed);
        });
    }

    releaseLeft(typed) {
        if (!typed.el.contains(document.activeElement)) {
            this.release(typed);
        }
    }

    release(typed) {
        if (this.typed === typed) {
            this.typed = null;
        }
        if (typed.record?.amanatTyped.get(typed.name)?.el === typed.el) {
            typed.record.amanatTyped.delete(typed.name);
        }
        this.bus.trigger("RELEASED");
    }

    /** What was typed is a change of the record now. */
    onCommitted(record, fieldNames) {
        const isDone = (name) => fieldNames.includes(name);
        if (this.typed?.record?.id === record.id && isDone(this.typed.name)) {
            this.typed = null;
        }
        this.bus.trigger("RELEASED");
    }

    /**
     * @param {object} record
     * @param {string} fieldName
     * @returns {FieldState}
     */
    fieldState(record, fieldName) {
        if (fieldName in record._changes) {
            return "changed";
        }
        const entry = record.amanatTyped.get(fieldName);
        if (entry && (entry.isLeft || entry.el.isConnected)) {
            const {el, isLeft} = entry;
            const isSafe =
                !isLeft && el.matches(SELF_PROTECTED) && !el.closest(UNPROTECTED);
            return isSafe ? "typing" : "holding";
        }
        const unparsable =
            record._invalidFields.has(fieldName) &&
            !record._unsetRequiredFields.has(fieldName);
        return unparsable ? "typing" : "free";
    }

    /** What the person has, as it would be saved or as it was typed. */
    localValue(record, fieldName) {
        if (fieldName in record._changes) {
            return record._changes[fieldName];
        }
        const {el} = record.amanatTyped.get(fieldName) || {};
        const isText = el && !el.closest(CODE);
        return isText ? (el.value ?? el.textContent) : record.data[fieldName];
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
