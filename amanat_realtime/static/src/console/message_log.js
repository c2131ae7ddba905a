import {EventBus} from "@odoo/owl";

/** @typedef {import("./log_entry").LogEntry} LogEntry */

export const MAX_ENTRIES = 500;

/** What this tab received, newest first; `bus` triggers "CHANGED". */
export class MessageLog {
    constructor() {
        this.bus = new EventBus();
        this.isPaused = false;
        /** Entries that are not kept any more. */
        this.dropped = 0;
        /** @type {LogEntry[]} */
        this.entries = [];
        /** @type {LogEntry[]} what comes while nobody wants to be disturbed */
        this.held = [];
    }

    /** @param {LogEntry} entry */
    add(entry) {
        if (this.isPaused) {
            this.held = this.bounded([entry, ...this.held]);
        } else {
            this.entries = this.bounded([entry, ...this.entries]);
        }
        this.bus.trigger("CHANGED");
    }

    bounded(entries) {
        this.dropped += Math.max(0, entries.length - MAX_ENTRIES);
        return entries.slice(0, MAX_ENTRIES);
    }

    pause() {
        this.isPaused = true;
        this.bus.trigger("CHANGED");
    }

    resume() {
        this.isPaused = false;
        this.entries = this.bounded([...this.held, ...this.entries]);
        this.held = [];
        this.bus.trigger("CHANGED");
    }

    clear() {
        this.entries = [];
        this.held = [];
        this.dropped = 0;
        this.bus.trigger("CHANGED");
    }
}

/**
 * @param {LogEntry[]} entries
 * @param {{type: string, model: string, text: string}} filter empty: all
 * @returns {LogEntry[]}
 */
export function filtered(entries, {type, model, text}) {
    const searched = text.trim().toLowerCase();
    return entries.filter(
        (entry) =>
            (!type || entry.type === type) &&
            (!model || entry.model === model) &&
            (!searched ||
                `${entry.text} ${entry.json}`.toLowerCase().includes(searched))
    );
}

/**
 * @param {LogEntry[]} entries
 * @param {"type" | "model"} key
 * @returns {string[]} what there is to choose from
 */
export function choices(entries, key) {
    const values = entries.map((entry) => entry[key]).filter(Boolean);
    return [...new Set(values)].sort();
}

/**
 * @param {LogEntry[]} entries
 * @returns {string} for the clipboard, oldest first
 */
export function asJson(entries) {
    const messages = entries.toReversed().map(({type, receivedAt, json}) => ({
        type: `amanat_realtime/${type}`,
        received_at: new Date(receivedAt).toISOString(),
        payload: JSON.parse(json),
    }));
    return JSON.stringify(messages, null, 2);
}
