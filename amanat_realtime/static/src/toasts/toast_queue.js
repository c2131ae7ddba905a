import {browser} from "@web/core/browser/browser";
import {sinceTyped} from "../core/typing";

/**
 * @typedef {import("./toast_text").ToastEntry} ToastEntry
 * @typedef {"conflict" | "change"} ToastKind
 */

export const SLOT = 2000;
/** So many times as long as drawing one took, the tab is left alone (large lists). */
const REST = 20;
/** A tab that hung, or slept, for once is not left alone for minutes. */
export const LONGEST_SLOT = 10_000;
export const STALE_AFTER = 60_000;
/** News that is not urgent waits for a pause in the typing, but not for ever. */
export const TYPING_PAUSE = 1500;
export const LONGEST_WAIT = 30_000;

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
        /** Milliseconds that the last toast took until it was drawn. */
        this.cost = 0;
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
        const {entry: earlier, first = since} = entries.get(entry.key) || {};
        entries.set(entry.key, {entry: merged(earlier, entry), first, since});
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
        if (kind === "change" && this.isTypingOn()) {
            this.timer = browser.setTimeout(() => this.flush(), TYPING_PAUSE);
            return;
        }
        const slot = Math.min(LONGEST_SLOT, Math.max(SLOT, this.cost * REST));
        this.timer = browser.setTimeout(() => this.flush(), slot);
        this.measure();
        const entries = [...this.waiting[kind].values()].map(({entry}) => entry);
        this.waiting[kind].clear();
        this.show(kind, entries);
    }

    measure() {
        const begin = Date.now();
        browser.requestAnimationFrame(() =>
            browser.setTimeout(() => (this.cost = Date.now() - begin))
        );
    }

    isTypingOn() {
        const oldest = Math.min(
            ...[...this.waiting.change.values()].map((e) => e.first)
        );
        return sinceTyped() < TYPING_PAUSE && Date.now() - oldest < LONGEST_WAIT;
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
