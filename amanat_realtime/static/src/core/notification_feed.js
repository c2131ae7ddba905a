import {guarded, trace} from "./log";

const REMEMBERED = 1000;

/** Notifications of the socket, and those that were polled meanwhile: each one once. */
export class NotificationFeed {
    /**
     * @param {object} bus the bus service
     * @param {{onHeard: () => void}} params called for each, known or not
     */
    constructor(bus, {onHeard}) {
        this.bus = bus;
        this.onHeard = onHeard;
        /** @type {Map<string, ((payload: any) => void)[]>} by type */
        this.callbacks = new Map();
        /** @type {Set<number>} */
        this.seen = new Set();
        this.lastPolledId = 0;
    }

    /** What a poll has to ask from. */
    get lastId() {
        return Math.max(this.bus.lastNotificationId || 0, this.lastPolledId);
    }

    /**
     * @param {string} type
     * @param {(payload: any) => void} callback called with what comes on any channel
     *  that any tab follows
     */
    subscribe(type, callback) {
        if (!this.callbacks.has(type)) {
            this.callbacks.set(type, []);
            this.bus.subscribe(type, (payload, {id}) => this.hand(id, type, payload));
        }
        this.callbacks.get(type).push(callback);
    }

    /** @param {import("../connection/peek").PolledNotification[]} notifications */
    deliver(notifications) {
        for (const {id, message} of notifications) {
            this.lastPolledId = Math.max(this.lastPolledId, id);
            this.hand(id, message.type, message.payload);
        }
    }

    hand(id, type, payload) {
        this.onHeard();
        if (!this.seen.has(id)) {
            this.remember(id);
            trace(`heard ${type}`, payload);
            for (const callback of this.callbacks.get(type) || []) {
                guarded(`a listener to ${type} failed`, () => callback(payload));
            }
        }
    }

    remember(id) {
        this.seen.add(id);
        if (this.seen.size > REMEMBERED) {
            const [oldest] = this.seen;
            this.seen.delete(oldest);
        }
    }
}
