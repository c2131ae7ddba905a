import {Component, onMounted, toRaw, useEffect, useRef, useState} from "@odoo/owl";
import {isMacOS} from "@web/core/browser/feature_detection";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {usePosition} from "@web/core/position/position_hook";
import {useService} from "@web/core/utils/hooks";
import {authorHue} from "../core/author_color";
import {guarded, report} from "../core/log";
import {authorName, valueText} from "../views/value_text";
import {keepMine, takeTheirs, undoTake} from "./choices";
import {ConflictDialog} from "./conflict_dialog";
import {conflictText, dialogEntry, fullTime, mineOf} from "./conflict_text";
import {conflictOf} from "./field_conflict";
import {isLong} from "./text_diff";

const FLOATS_BELOW = "td.o_data_cell, .o_kanban_record";
const TYPED_IN = "input, textarea, select, [contenteditable=true]";
const OPENS_BELOW = ["many2one", "many2many", "reference", "date", "datetime"];
const KEYS = {mine: "M", theirs: "T"};
const dismissed = new WeakSet();
let nextId = 0;

/**
 * Says at a field that somebody else changed it too, and lets the person choose in
 * place. Drawn inside `web.Field`.
 */
export class ConflictMark extends Component {
    static template = "amanat_realtime.ConflictMark";
    static props = {
        record: Object,
        name: String,
        fieldInfo: {type: Object, optional: true},
    };

    setup() {
        this.id = `o_amanat_conflict_${++nextId}`;
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.mark = useRef("mark");
        this.mine = useRef("mine");
        this.theirs = useRef("theirs");
        this.state = useState({floats: false, busy: false, dismissals: 0});
        onMounted(() => {
            this.state.floats = Boolean(this.floatTarget);
        });
        // Above its cell where a list of choices opens below it.
        const side = OPENS_BELOW.includes(this.type) ? "top" : "bottom";
        usePosition("bubble", () => this.floatTarget, {
            position: `${side}-start`,
            margin: 2,
        });
        this.useFieldAttributes();
        this.useKeys();
    }

    /** Ties the inputs to the text, and draws the border in the author's colour. */
    useFieldAttributes() {
        useEffect(
            (host, isOpen, hue) => {
                if (!host || !isOpen) {
                    return;
                }
                const marked = [...new Set([host, this.cell])];
                const describe = () => this.describeInputs(host);
                marked.forEach((el) => {
                    el.classList.add("o_amanat_conflicted");
                    el.style.setProperty("--amanat-conflict-hue", hue);
                });
                // Inputs come and go with edition: the focused one is described.
                host.addEventListener("focusin", describe);
                describe();
                return () => {
                    host.removeEventListener("focusin", describe);
                    marked.forEach((el) => {
                        el.classList.remove("o_amanat_conflicted");
                        el.style.removeProperty("--amanat-conflict-hue");
                    });
                    host.querySelectorAll(`[aria-describedby="${this.id}"]`).forEach(
                        (el) => el.removeAttribute("aria-describedby")
                    );
                };
            },
            () => [this.host, this.isOpen, this.hue]
        );
    }

    useKeys() {
        const keys = [
            ["mine", () => this.keep()],
            ["theirs", () => this.take()],
        ];
        for (const [side, choose] of keys) {
            useHotkey(`alt+shift+${KEYS[side].toLowerCase()}`, choose, {
                area: () => this.host,
                bypassEditableProtection: true,
                isAvailable: () => this.isOpen,
                withOverlay: () => (this.hasFocus ? this[side].el : null),
            });
        }
    }

    describeInputs(host) {
        for (const el of host.querySelectorAll(TYPED_IN)) {
            const isOwn = el.closest(".o_field_widget") === host;
            if (isOwn && !el.hasAttribute("aria-describedby")) {
                el.setAttribute("aria-describedby", this.id);
            }
        }
    }

    get host() {
        return this.mark.el?.parentElement;
    }

    get cell() {
        return this.host?.closest("td.o_data_cell") || this.host;
    }

    /** Where there is no room for a line of text: it must not move what is around. */
    get floatTarget() {
        return this.host?.closest(FLOATS_BELOW) && this.cell;
    }

    get hasFocus() {
        return Boolean(this.host?.contains(document.activeElement));
    }

    get type() {
        return this.props.record.fields[this.props.name].type;
    }

    get conflict() {
        const {record, name} = this.props;
        return toRaw(conflictOf(record, name)) || {};
    }

    get isOpen() {
        return this.conflict.state === "open";
    }

    get isTaken() {
        return this.conflict.state === "taken" && !this.isDismissed;
    }

    get isDismissed() {
        // Read to be drawn again: the set itself is not observed.
        return this.state.dismissals >= 0 && dismissed.has(this.conflict);
    }

    /** The only one of the row that is edited is shown without being asked for. */
    get isAlone() {
        const {record} = this.props;
        return record.isInEdition && Object.keys(record.amanatConflicts).length === 1;
    }

    get hue() {
        return authorHue(this.conflict.by?.id) ?? 210;
    }

    get author() {
        return authorName(this.conflict.by);
    }

    get time() {
        return fullTime(this.conflict.at);
    }

    get text() {
        const {record, name, fieldInfo} = this.props;
        return (
            guarded("could not describe a conflict", () =>
                conflictText(record, name, fieldInfo)
            ) || String(_t("%(author)s changed this too", {author: this.author}))
        );
    }

    get takenText() {
        return String(_t("You took %(author)s’s value", {author: this.author}));
    }

    short(value) {
        const {record, name, fieldInfo} = this.props;
        return guarded("could not describe a value", () =>
            valueText(record, name, value, {fieldInfo})
        );
    }

    withKeys(text, side) {
        const keys = `${isMacOS() ? "Control" : "Alt"}+Shift+${KEYS[side]}`;
        return `${text} (${keys})`;
    }

    get mineTitle() {
        const {record, name} = this.props;
        const mine = this.short(mineOf(record, name)) || "";
        return this.withKeys(_t("Keep my value: %(mine)s", {mine}), "mine");
    }

    get theirsTitle() {
        const {author} = this;
        const theirs = this.short(this.conflict.theirs) || "";
        const text = _t("Take the value of %(author)s: %(theirs)s", {author, theirs});
        return this.withKeys(text, "theirs");
    }

    get undoTitle() {
        const mine = this.short(this.conflict.mine) || "";
        return String(_t("Put my value back: %(mine)s", {mine}));
    }

    get canCompare() {
        const entry = guarded("could not compare values", () => this.entry);
        return Boolean(entry && [entry.mine, entry.theirs].some(isLong));
    }

    get entry() {
        const {record, name, fieldInfo} = this.props;
        return dialogEntry(record, name, fieldInfo);
    }

    /** @returns {string | undefined} in a list Tab goes to the next cell as ever */
    get tabindex() {
        return this.state.floats ? "-1" : undefined;
    }

    keep() {
        return this.choose(keepMine);
    }

    take() {
        return this.choose(takeTheirs);
    }

    undo() {
        return this.choose(undoTake);
    }

    dismiss() {
        dismissed.add(this.conflict);
        this.focusField(this.host);
        this.state.dismissals++;
    }

    /** @param {(record: object, fieldName: string) => Promise<void>} choice */
    async choose(choice) {
        if (this.state.busy) {
            return;
        }
        const {host} = this;
        const hadFocus = this.mark.el?.contains(document.activeElement);
        this.state.busy = true;
        try {
            await choice(this.props.record, this.props.name);
        } catch (error) {
            report("could not apply a choice", error);
            this.notification.add(_t("Your choice could not be applied."), {
                type: "danger",
            });
        } finally {
            this.state.busy = false;
        }
        if (hadFocus) {
            this.focusField(host);
        }
    }

    /** A button that vanishes would leave the keyboard nowhere. */
    focusField(host) {
        if (host?.isConnected) {
            host.querySelector(TYPED_IN)?.focus();
        }
    }

    async compare() {
        const {record, name} = this.props;
        const {host} = this;
        const {activeElement} = document;
        const isTyping = this.hasFocus && !this.mark.el.contains(activeElement);
        if (isTyping) {
            // What is still being typed is part of what is compared.
            activeElement.blur();
            await record.model.mutex.getUnlockedDef();
        }
        if (!this.isOpen) {
            return;
        }
        const choices = {mine: keepMine, theirs: takeTheirs};
        const goBack = () =>
            this.isOpen && activeElement.isConnected
                ? activeElement.focus()
                : this.focusField(host);
        this.dialog.add(
            ConflictDialog,
            {
                recordName: record.data.display_name || "",
                mode: "conflict",
                entries: [this.entry],
                onChoose: ({[name]: side}) => choices[side](record, name),
            },
            {onClose: goBack}
        );
    }
}
