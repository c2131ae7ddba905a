/**
 * @typedef {import("../core/message").ChangeMessage} ChangeMessage
 * @typedef {import("../core/message").Author} Author
 * @typedef {import("./record_diff").Step} Step
 * @typedef {{
 *  steps: Map<string, Step[]>,
 *  stale: Set<string>,
 *  by?: Author,
 *  at: number | null,
 *  outdated: boolean,
 * }} RecordChange `outdated`: told something that happened before the data on screen
 *  were read, so it can only be a reason to look again.
 */

/** What a burst of messages says, per record, so that each record is judged once. */
export class ChangeBatch {
    /**
     * @param {ChangeMessage[]} messages in order of arrival
     * @param {(message: ChangeMessage) => boolean} [isOutdated]
     */
    constructor(messages, isOutdated = () => false) {
        /** @type {Map<number, RecordChange>} */
        this.changes = new Map();
        /** @type {Map<number, {by?: Author, deleted: boolean}>} */
        this.departures = new Map();
        /** @type {Map<number, Author | undefined>} */
        this.created = new Map();
        /** @type {Map<number, Author | undefined>} */
        this.entered = new Map();
        this.refresh = false;
        this.by = messages.at(-1)?.by;
        for (const message of messages) {
            this.add(message, isOutdated(message));
        }
    }

    add(message, outdated) {
        const {by} = message;
        this.refresh = this.refresh || message.refresh;
        for (const update of message.update) {
            for (const id of update.ids) {
                this.addUpdate(id, update, message, outdated);
            }
        }
        message.create.forEach((id) => this.created.set(id, by));
        for (const id of message.enter) {
            this.departures.delete(id);
            this.entered.set(id, by);
        }
        for (const key of ["unlink", "leave"]) {
            for (const id of message[key]) {
                this.created.delete(id);
                this.entered.delete(id);
                this.changes.delete(id);
                this.departures.set(id, {by, deleted: key === "unlink"});
            }
        }
    }

    addUpdate(id, {diff, stale}, {by, at = null}, outdated) {
        if (!this.changes.has(id)) {
            this.changes.set(id, {steps: new Map(), stale: new Set(), outdated: false});
        }
        const change = this.changes.get(id);
        change.by = by;
        change.at = at;
        change.outdated = change.outdated || outdated;
        stale.forEach((fieldName) => change.stale.add(fieldName));
        for (const [fieldName, step] of Object.entries(diff)) {
            const steps = change.steps.get(fieldName) || [];
            change.steps.set(fieldName, [...steps, step]);
        }
    }
}

/**
 * @param {RecordChange} change
 * @returns {string[]}
 */
export function touchedFields(change) {
    return [...change.steps.keys(), ...change.stale];
}
