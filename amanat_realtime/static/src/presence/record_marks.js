import {onMounted, onPatched, onWillDestroy, toRaw} from "@odoo/owl";
import {guarded} from "../core/log";
import {roomOf} from "../core/room_of";
import {indexById, isForm} from "../model/datapoints";
import {fieldLabel} from "../views/value_text";
import {editorsByField, isTypingIn, present} from "./people";
import {personStyle} from "./person_style";
import {isPresenceOn} from "./presence_switch";
import {namesText, personText} from "./presence_texts";

/** @typedef {Map<HTMLElement, Record<string, string>>} Marks attributes by element */

const ROW = ".o_data_row, .o_kanban_record";

/**
 * Shows at the rows or cards of one view where others are. Only attributes change, and
 * only where somebody is: in a long list anything else makes the browser look at every
 * cell.
 */
export class RecordMarks {
    /**
     * @param {object} renderer of a list or kanban
     * @param {import("./presence_store").PresenceStore} store
     */
    constructor(renderer, store) {
        this.renderer = renderer;
        this.store = store;
        /** @type {Marks} on screen */
        this.marks = new Map();
    }

    update() {
        if (this.store.isEmpty && !this.marks.size) {
            return;
        }
        const wanted = this.wanted();
        for (const [el, attributes] of this.marks) {
            const kept = wanted.get(el) || {};
            for (const name of Object.keys(attributes).filter((n) => !(n in kept))) {
                unset(el, name, attributes[name]);
            }
        }
        for (const [el, attributes] of wanted) {
            Object.entries(attributes).forEach((entry) => set(el, ...entry));
        }
        this.marks = wanted;
    }

    /** @returns {Marks} */
    wanted() {
        const marks = new Map();
        const {list} = this.renderer.props;
        const root = toRaw(list.model).root && toRaw(toRaw(list.model).root);
        const container = this.renderer.rootRef?.el;
        const isOfView = root && !isForm(root) && root.id === toRaw(list).id;
        if (!container || !isOfView || toRaw(list.model).useSampleModel) {
            return marks;
        }
        const {resModel, context} = root;
        const room = roomOf(list.model, context);
        const people = present(this.store.peopleIn({model: resModel, room}));
        const byRecord = peopleByRecord(people);
        if (byRecord.size) {
            const records = indexById(root, resModel);
            for (const [id, here] of byRecord) {
                for (const record of records.get(id) || []) {
                    this.markRecord(marks, container, record, here);
                }
            }
        }
        return marks;
    }

    markRecord(marks, container, record, people) {
        const names = {fieldLabel: (name) => fieldLabel(record, name)};
        const rows = [...container.querySelectorAll(`[data-id="${record.id}"]`)];
        for (const row of rows.filter((el) => el.matches(ROW))) {
            const isEdited = people.some(({state}) => state === "editing");
            marks.set(row, {
                "data-amanat-present": isEdited ? "editing" : "viewing",
                "data-amanat-person": personStyle(people[0].user),
                title: people.map((person) => personText(person, names)).join("\n"),
            });
            for (const [fieldName, editors] of editorsByField(people)) {
                const name = CSS.escape(fieldName);
                const cell = row.querySelector(`:scope > td[name="${name}"]`);
                if (cell) {
                    marks.set(cell, cellMark(editors, fieldName));
                }
            }
        }
    }
}

function peopleByRecord(people) {
    const ids = new Set(
        people.flatMap(({tabs}) => tabs.map(({place}) => place.id)).filter(Boolean)
    );
    const at = (id) =>
        people
            .map((person) => {
                const tabs = person.tabs.filter(({place}) => place.id === id);
                return {...person, tabs, state: tabs[0]?.place.state};
            })
            .filter(({tabs}) => tabs.length);
    return new Map([...ids].map((id) => [id, at(id)]));
}

function cellMark(editors, fieldName) {
    const isTyping = editors.some((person) => isTypingIn(person, fieldName));
    return {
        "data-amanat-editing": namesText(editors),
        "data-amanat-person": personStyle(editors[0].user),
        ...(isTyping ? {"data-amanat-typing": ""} : {}),
    };
}

const ours = new WeakMap();

function set(el, name, value) {
    if (name === "title") {
        // What says more than we do stays: why a row is grey, who changed it.
        if (el.title && el.title !== ours.get(el)) {
            return;
        }
        ours.set(el, value);
    }
    if (el.getAttribute(name) !== value) {
        el.setAttribute(name, value);
    }
}

function unset(el, name, value) {
    if (name !== "title" || el.title === value) {
        el.removeAttribute(name);
    }
}

/** @param {object} renderer of a list or kanban, in its setup */
export function usePresenceMarks(renderer) {
    const {model, resModel} = renderer.props.list;
    const store = model.env.services?.amanat_realtime_presence?.store;
    if (!store || !isPresenceOn(resModel)) {
        return;
    }
    const marks = new RecordMarks(renderer, store);
    const update = () =>
        guarded("could not mark where people are", () => marks.update());
    store.bus.addEventListener("CHANGED", update);
    onMounted(update);
    onPatched(update);
    onWillDestroy(() => store.bus.removeEventListener("CHANGED", update));
}
