import {Component, onMounted, onWillUnmount, status, useRef, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {report} from "../core/log";
import {fullTime, whoAndWhen} from "./conflict_text";
import {diffSegments, isLong} from "./text_diff";

/**
 * @typedef {import("./conflict_text").DialogEntry} DialogEntry
 * @typedef {"mine" | "theirs"} Side
 */

const WORDS = {
    conflict: () => ({
        title: _t("Somebody else changed the same fields"),
        mine: _t("Mine"),
        theirs: _t("Theirs"),
        onlyMine: _t("only in mine"),
        onlyTheirs: _t("only in theirs"),
        useMine: _t("Keep mine"),
        useTheirs: _t("Take theirs"),
        useAllMine: _t("Keep all mine"),
        useAllTheirs: _t("Take all theirs"),
        save: _t("Save my choices"),
        cancel: _t("Cancel"),
    }),
    draft: () => ({
        title: _t("Changes that were not saved"),
        mine: _t("Mine, not saved"),
        theirs: _t("Present value"),
        onlyMine: _t("only in mine"),
        onlyTheirs: _t("only in the present value"),
        useMine: _t("Use mine"),
        useTheirs: _t("Keep the present value"),
        useAllMine: _t("Use all mine"),
        useAllTheirs: _t("Keep all present values"),
        save: _t("Apply my choices"),
        cancel: _t("Decide later"),
    }),
};

/**
 * Asks what is to become of fields that two persons changed. Nothing waits for the
 * answer: closing it is no choice, and calls nothing.
 */
export class ConflictDialog extends Component {
    static template = "amanat_realtime.ConflictDialog";
    static components = {Dialog};
    static props = {
        recordName: String,
        mode: {validate: (mode) => mode in WORDS},
        entries: Array,
        onChoose: Function,
        close: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.root = useRef("root");
        this.footer = useRef("footer");
        /** @type {{busy: boolean, choices: Record<string, Side>, diffs: object}} */
        this.state = useState({busy: false, choices: {}, diffs: {}});
        this.words = WORDS[this.props.mode]();
        onMounted(() => this.compareTexts());
        onMounted(() => this.firstChoice?.focus());
        this.keepUsable();
    }

    /** Until the library is there, and without it, the texts are shown in full. */
    async compareTexts() {
        for (const entry of this.props.entries) {
            if (this.isText(entry)) {
                this.state.diffs[entry.key] = await diffSegments(
                    entry.mine,
                    entry.theirs
                );
            }
        }
    }

    /**
     * A button of the view that is being executed disables all buttons of the page,
     * those of dialogs too.
     */
    keepUsable() {
        const observer = new MutationObserver((mutations) => {
            for (const {target} of mutations) {
                if (target.disabled && !this.isDisabled(target.name)) {
                    target.disabled = false;
                }
            }
        });
        onMounted(() =>
            observer.observe(this.footer.el, {
                attributes: true,
                attributeFilter: ["disabled"],
                subtree: true,
            })
        );
        onWillUnmount(() => observer.disconnect());
    }

    get firstChoice() {
        return this.isSingle
            ? this.footer.el?.querySelector("button")
            : this.root.el?.querySelector("input[type=radio]");
    }

    get title() {
        const {recordName} = this.props;
        const title = String(this.words.title);
        return recordName ? `${title}: ${recordName}` : title;
    }

    get isSingle() {
        return this.props.entries.length === 1;
    }

    get isComplete() {
        return this.props.entries.every(({key}) => this.state.choices[key]);
    }

    /** @param {DialogEntry} entry */
    isText(entry) {
        return !entry.deleted && [entry.mine, entry.theirs].some(isLong);
    }

    isDisabled(name) {
        return this.state.busy || (name === "save" && !this.isComplete);
    }

    /** @param {DialogEntry} entry */
    whoAndWhen({by, at}) {
        return by || at ? whoAndWhen(by, at) : "";
    }

    /** @param {DialogEntry} entry */
    time({at}) {
        return fullTime(at);
    }

    /** @param {DialogEntry} entry */
    versions(entry) {
        return [
            {name: "original", label: _t("Original"), text: entry.original},
            {name: "mine", label: this.words.mine, text: entry.mine},
            {
                name: "theirs",
                label: this.words.theirs,
                text: entry.deleted ? _t("Deleted") : entry.theirs,
            },
        ];
    }

    /** @param {Side} side */
    chooseAll(side) {
        const {entries} = this.props;
        return this.choose(Object.fromEntries(entries.map(({key}) => [key, side])));
    }

    chooseEach() {
        return this.isComplete && this.choose({...this.state.choices});
    }

    /** @param {Record<string, Side>} choices */
    async choose(choices) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.props.onChoose(choices);
        } catch (error) {
            report("could not apply choices", error);
            this.notification.add(
                error.data?.message || _t("Your choice could not be applied."),
                {type: "danger"}
            );
            this.state.busy = false;
            return;
        }
        if (status(this) !== "destroyed") {
            this.props.close();
        }
    }
}
