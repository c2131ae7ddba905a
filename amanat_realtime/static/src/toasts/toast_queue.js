import {browser} from "@web/core/browser/browser";

/**
 * @typedef {import("./toast_text").ToastEntry} ToastEntry
 * @typedef {"conflict" | "change"} ToastKind
 */

export const SLOT = 2000;
export const STALE_AFTER = 60_000;

/** The first kind goes first. */
const KINDS = ["conflict", "change"];

const isHidden = () => document.visibilityState === "hidden";

/**
 * One entry for several changes of one field: from where it began to where it is now.
 *
 * @param {ToastEntry | undefined} earlier
 * @param {ToastEntry} later
 * @returns {ToastEntry}
 */
function merged(earlier, later) {
    if (!earlier) {
        return later;
    }
    const wentBack = earlier.oldText === later.newText;
    return {
        ...later,
        oldText: wentBack ? later.oldText : earlier.oldText,
        authors: [...new Set([...earlier.authors, ...later.authors])],
    };
}

/**
 * Paces what is told: one toast per slot. What comes in between waits for the next slot,
 * what comes while nobody looks at the tab waits until somebody does.
 */
export class ToastQueue {
    /**
     * @param {{show: (kind: ToastKind, entries: ToastEntry[]) => void}} params
     */
    constructor({show}) {
        this.show = show;
        this.timer = null;
        this.waiting = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
        document.addEventListener("visibilitychange", () => this.wake());
    }

    /**
     * @param {ToastKind} kind
     * @param {ToastEntry} entry
     */
    add(kind, entry) {
        const entries = this.waiting[kind];
        const since = Date.now();
        const {entry: earlier} = entries.get(entry.key) || {};
        entries.set(entry.key, {entry: merged(earlier, entry), since});
        this.wake();
    }

    /** @param {ToastKind} kind */
    forget(kind) {
        this.waiting[kind].clear();
    }

    /** Not in this very moment: one message tells of many fields, one by one. */
    wake() {
        if (!this.timer) {
            this.timer = browser.setTimeout(() => this.flush(), 0);
        }
    }

    flush() {
        this.timer = null;
        if (isHidden()) {
            return;
        }
        this.forgetStale();
        const kind = KINDS.find((name) => this.waiting[name].size);
        if (!kind) {
            return;
        }
        this.timer = browser.setTimeout(() => this.flush(), SLOT);
        const entries = [...this.waiting[kind].values()].map(({entry}) => entry);
        this.waiting[kind].clear();
        this.show(kind, entries);
    }

    forgetStale() {
        const oldest = Date.now() - STALE_AFTER;
        for (const [key, {since}] of this.waiting.change) {
            if (since < oldest) {
                this.waiting.change.delete(key);
            }
        }
    }
}
