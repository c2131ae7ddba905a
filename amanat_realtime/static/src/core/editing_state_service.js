import {EventBus, markRaw, toRaw} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {captureBase, rebase} from "../conflict/base_values";
import {isContested} from "../conflict/field_conflict";
import {isX2many} from "../model/record_diff";
import {
    editedElement,
    fieldNamesOf,
    fieldOf,
    isCode,
    isDate,
    isEditor,
    isPicking,
    isSearch,
    protectsItself,
} from "./edited_field";
import {guarded} from "./log";
import {watchSearches} from "./pending_searches";

/**
 * @typedef {"free" | "changed" | "typing" | "holding"} FieldState
 *  - changed: a local change waits in the record to be saved;
 *  - typing: text is in an input that protects itself from the model;
 *  - holding: text is in a widget that would drop it if its value changed.
 *
 * @typedef {{
 *  el: HTMLElement,
 *  names: string[],
 *  rowId?: string,
 *  record?: object,
 *  leftAt?: number,
 * }} Typed an element that is typed in, and the fields it is about
 * @typedef {(typed: Typed, params: {inDialog: boolean}) => object | undefined} Locate
 *  finds the record of an element; `inDialog`: it is in no view
 *
 * @typedef {{
 *  fieldState: (record: object, fieldName: string) => FieldState,
 *  isUntouched: (record: object, fieldName: string) => boolean,
 *  localValue: (record: object, fieldName: string) => any,
 *  isFocused: (record: object) => boolean,
 *  onCommitted: (record: object, fieldNames: string[]) => void,
 *  watch: (model: object, locate: Locate) => () => void,
 *  typed: Typed | null,
 *  bus: EventBus,
 * }} EditingStateAPI `bus` triggers "RELEASED" when what was typed in a field is
 *  committed, or was given up.
 */

const ROW = "[data-id].o_data_row, [data-id].o_kanban_record";
const LOOK_AGAIN = 300;
const EDITOR_PATIENCE = 60_000;

/** Knows what the person at this tab is changing right now. */
export class EditingState {
    constructor() {
        this.setup();
    }

    setup() {
        this.bus = new EventBus();
        /** @type {Typed | null} the last one */
        this.typed = null;
        /** @type {WeakMap<HTMLElement, Typed>} */
        this.byElement = new WeakMap();
        /** @type {Set<Locate>} */
        this.locators = new Set();
        /** Models of which a field says that text in it is not committed. */
        this.holdingText = new WeakSet();
        this.isSearching = watchSearches();
        this.listen("input", (el) => {
            // A field that says now that it is clean had its text taken back; another
            // one may say so as soon as the event is over.
            this.beingTyped = el;
            browser.setTimeout(() => (this.beingTyped = null));
            this.onInput(el);
        });
        browser.addEventListener("input", () => (this.beingTyped = null));
        this.listen("focusin", (el) => isDate(el) && this.onInput(el, true));
        this.listen("focusout", (el) => this.onLeave(el));
    }

    listen(type, listener) {
        const onEvent = ({target}) =>
            guarded("could not follow the typing", () => listener(target));
        browser.addEventListener(type, onEvent, {capture: true});
    }

    /**
     * @param {object} model relational model whose fields tell when they hold text
     * @param {Locate} locate
     * @returns {() => void}
     */
    watch(model, locate) {
        const raw = toRaw(model);
        const onDirty = ({detail}) => {
            const wasHoldingText = this.holdingText.has(raw);
            this.holdingText[detail ? "add" : "delete"](raw);
            guarded("could not follow the typing", () =>
                detail ? this.onInput(editedElement()) : this.onClean()
            );
            if (!detail && wasHoldingText && this.isTyping(raw)) {
                // A date that somebody else changed speaks for the whole form.
                Promise.resolve().then(() => model.bus.trigger("FIELD_IS_DIRTY", true));
            }
        };
        model.bus.addEventListener("FIELD_IS_DIRTY", onDirty);
        this.locators.add(locate);
        return () => {
            model.bus.removeEventListener("FIELD_IS_DIRTY", onDirty);
            this.locators.delete(locate);
            this.typed = null;
        };
    }

    /** Text in the focused field is neither committed nor given up. */
    isTyping(raw) {
        const {typed} = this;
        return (
            Boolean(typed?.record) &&
            toRaw(typed.record.model) === raw &&
            typed.el.contains(document.activeElement)
        );
    }

    onInput(el, isUntouched = false) {
        const widget = fieldOf(el);
        if (!widget) {
            return;
        }
        const known = this.byElement.get(el);
        const isKnown = known?.record && el.isConnected && this.typed === known;
        this.typed = isKnown ? known : this.identify(el, widget);
        this.byElement.set(el, this.typed);
        if (this.typed.record) {
            this.begin(this.typed, isUntouched);
        }
    }

    /** @returns {Typed} */
    identify(el, widget) {
        const rowId = widget.closest(ROW)?.dataset.id;
        const typed = {el, rowId, names: fieldNamesOf(widget)};
        for (const inDialog of [false, true]) {
            for (const locate of this.locators) {
                typed.record = typed.record || locate(typed, {inDialog});
            }
        }
        return typed;
    }

    /** The base is what was there when the person began, whatever comes meanwhile. */
    begin(typed, isUntouched) {
        const {record, names, el} = typed;
        typed.leftAt = undefined;
        for (const name of this.storedNames(record, names)) {
            const entry = record.amanatTyped.get(name);
            const isGoingOn = entry && (entry.typed.leftAt || entry.el.isConnected);
            if (!isGoingOn) {
                const isKnown = name in record._changes || isContested(record, name);
                (isKnown ? captureBase : rebase)(record, name);
            }
            const stays = isUntouched && (!entry || entry.isUntouched);
            record.amanatTyped.set(name, markRaw({el, typed, isUntouched: stays}));
        }
    }

    /** A property is stored in the field that holds all of them. */
    storedNames(record, names) {
        const holders = names.map((f) => record.fields[f]?.relatedPropertyField?.name);
        // What is typed where members are searched is no value of the field.
        return [...names, ...holders].filter(
            (name) => name in record.fields && !isX2many(record.fields[name])
        );
    }

    /** Some field committed what it holds, or holds nothing any more. */
    onClean() {
        const {typed} = this;
        if (typed && this.beingTyped === typed.el) {
            this.release(typed);
        } else if (typed && !typed.el.contains(document.activeElement)) {
            this.onLeave(typed.el);
        }
    }

    onLeave(el) {
        const typed = this.byElement.get(el);
        if (!typed) {
            return;
        }
        // The field commits on the same event: let it put its value in the record.
        browser.setTimeout(async () => {
            typed.leftAt = typed.leftAt || Date.now();
            // A commit may have to wait for a save that is under way.
            await typed.record?.model.mutex.getUnlockedDef();
            this.releaseLeft(typed);
        });
    }

    releaseLeft(typed) {
        if (typed.el.contains(document.activeElement) || !typed.leftAt) {
            return;
        }
        if (this.isCommitting(typed)) {
            browser.setTimeout(() => this.releaseLeft(typed), LOOK_AGAIN);
        } else {
            this.release(typed);
        }
    }

    /** Left, but what is in it may yet become a change of the record. */
    isCommitting({el, record, names, leftAt}) {
        const isOpen = names.some((name) => record?.amanatTyped.get(name)?.el === el);
        if (!isOpen) {
            return false;
        }
        if (isEditor(el)) {
            // It may upload pictures first.
            return Date.now() - leftAt < EDITOR_PATIENCE;
        }
        return isPicking(el) || (isSearch(el) && this.isSearching());
    }

    release(typed) {
        const {record, names, el} = typed;
        if (this.typed === typed) {
            this.typed = null;
        }
        for (const name of record ? this.storedNames(record, names) : []) {
            if (record.amanatTyped.get(name)?.el === el) {
                record.amanatTyped.delete(name);
            }
        }
        this.bus.trigger("RELEASED");
    }

    /** What was typed is a change of the record now. */
    onCommitted(record, fieldNames) {
        const {typed} = this;
        const isDone = typed?.names.some((name) => fieldNames.includes(name));
        if (isDone && typed.record?.id === record.id) {
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
        if (entry && (entry.typed.leftAt || entry.el.isConnected)) {
            const isSafe = !entry.typed.leftAt && protectsItself(entry.el);
            return isSafe ? "typing" : "holding";
        }
        const unparsable =
            record._invalidFields.has(fieldName) &&
            !record._unsetRequiredFields.has(fieldName);
        return unparsable ? "typing" : "free";
    }

    /** A date field that was only entered: nothing of the person is in it so far. */
    isUntouched(record, fieldName) {
        return Boolean(record.amanatTyped.get(fieldName)?.isUntouched);
    }

    /** What the person has, as it would be saved or as it was typed. */
    localValue(record, fieldName) {
        if (fieldName in record._changes) {
            return record._changes[fieldName];
        }
        const {el} = record.amanatTyped.get(fieldName) || {};
        const isText = el && !isCode(el);
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
