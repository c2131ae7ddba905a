import {guarded} from "./log";

export const NOTIFICATION_TYPE = "amanat_realtime/notification";

/**
 * What a program sent with `_send_realtime_notification`, as far as this person may
 * know it.
 *
 * @typedef {{
 *  v: number,
 *  action: string,
 *  model: string,
 *  room?: string,
 *  ids?: number[],
 *  records?: Record<string, any>[],
 *  fields?: string[],
 *  extra?: Record<string, any>,
 *  by?: import("./message").Author,
 *  tab?: string,
 *  at: string,
 * }} Notification `records`: sent to people; `extra`: sent to the readers of records
 */

/** Who in this tab waits for which action. */
export class ActionSubscriptions {
    /**
     * @param {{isFollowed: (resModel: string, room?: string) => boolean}} params
     */
    constructor({isFollowed}) {
        this.isFollowed = isFollowed;
        /** @type {Set<{action: string, callback: (payload: Notification) => void}>} */
        this.subscriptions = new Set();
    }

    get size() {
        return this.subscriptions.size;
    }

    /**
     * @param {string} action
     * @param {(payload: Notification) => void} callback
     * @returns {() => void} call it to stop
     */
    subscribe(action, callback) {
        const subscription = {action, callback};
        this.subscriptions.add(subscription);
        return () => this.subscriptions.delete(subscription);
    }

    /** @param {Notification} payload as it came from the bus; empty for a tombstone */
    onNotification(payload) {
        if (!payload?.action || !this.concerns(payload)) {
            return;
        }
        for (const {action, callback} of [...this.subscriptions]) {
            if (action === payload.action) {
                guarded(`a subscriber to “${action}” failed`, () => callback(payload));
            }
        }
    }

    /** Every tab hears the channels of all tabs: of records, keep to what is open here. */
    concerns({records, ids, model, room}) {
        const isPersonal = records || !ids;
        // What is said in a room is said to the followers of the whole model too.
        return (
            isPersonal ||
            (this.isFollowed(model, room) && !(room && this.isFollowed(model)))
        );
    }
}
