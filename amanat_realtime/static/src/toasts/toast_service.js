import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {hasToasts} from "../core/live_models";
import {guarded} from "../core/log";
import {authorName, fieldLabel, valueText} from "../views/value_text";
import {TOAST_CLASS} from "./notification_patch";
import {comparable, oneLine, recordKey, recordName} from "./toast_entry";
import {ToastPreference} from "./toast_preference";
import {ToastQueue} from "./toast_queue";
import {changeText, conflictText} from "./toast_text";

/**
 * @typedef {import("../core/message").Author} Author
 *
 * @typedef {{
 *  record: object,
 *  fieldName: string,
 *  oldValue?: any,
 *  newValue: any,
 *  by?: Author,
 * }} Change values as in `record.data`
 *
 * @typedef {{
 *  record: object,
 *  fieldName: string,
 *  mine: any,
 *  theirs: any,
 *  by?: Author,
 * }} Conflict values as in `record.data`
 *
 * @typedef {{
 *  changed: (change: Change) => void,
 *  conflict: (conflict: Conflict) => void,
 *  preference: ToastPreference,
 * }} ToastsAPI none of its methods throws
 */

export const CHANGE_DELAY = 5000;
export const CONFLICT_DELAY = 10_000;
/** A record may be shown twice, each place tells what happened to it. */
const REPEATED_WITHIN = 3000;

export class RealtimeToasts {
    /**
     * @param {object} env
     * @param {{notification: object, orm: object}} services
     */
    constructor(env, services) {
        this.env = env;
        this.notification = services.notification;
        this.preference = new ToastPreference(services);
        this.setup();
    }

    setup() {
        this.queue = new ToastQueue({
            show: (kind, entries) =>
                guarded("could not show a toast", () => this.show(kind, entries)),
        });
        /** @type {Map<string, {value: any, at: number}>} the oldest one first */
        this.told = new Map();
    }

    /** @param {Change} change */
    changed({record, fieldName, oldValue, newValue, by}) {
        guarded("could not tell of a change", () => {
            const known = this.isRepeated("change", record, fieldName, newValue);
            // Of a line: its own, and those of the record that it is shown in.
            const resModels = [record.resModel, record.model?.config.resModel];
            const isOff = !resModels.every(hasToasts);
            // What this person does in another window is no news to them.
            const isOwn = by?.id === user.userId;
            if (known || isOwn || isOff || !this.preference.isEnabled) {
                return;
            }
            const text = (value) => valueText(record, fieldName, value);
            this.queue.add("change", {
                ...this.describe(record, fieldName, by),
                oldText: oldValue === undefined ? undefined : text(oldValue),
                newText: text(newValue),
            });
        });
    }

    /** @param {Conflict} conflict */
    conflict({record, fieldName, mine, theirs, by}) {
        guarded("could not warn of a conflict", () => {
            if (this.isRepeated("conflict", record, fieldName, theirs)) {
                return;
            }
            const text = (value) => valueText(record, fieldName, value);
            this.queue.add("conflict", {
                ...this.describe(record, fieldName, by),
                newText: text(theirs),
                mineText: text(mine),
            });
        });
    }

    /** The person is being asked: a warning would only cover the question. */
    closeConflicts() {
        this.queue.forget("conflict");
        this.closeConflict?.();
        this.closeConflict = null;
    }

    /** Texts are made now: the record may be gone when it is time to show them. */
    describe(record, fieldName, by) {
        const owner = recordKey(record);
        return {
            key: `${owner},${fieldName}`,
            recordKey: owner,
            recordName: recordName(record),
            label: oneLine(fieldLabel(record, fieldName)),
            authors: [oneLine(authorName(by))],
        };
    }

    isRepeated(kind, record, fieldName, value) {
        const now = Date.now();
        for (const [key, {at}] of this.told) {
            if (now - at < REPEATED_WITHIN) {
                break;
            }
            this.told.delete(key);
        }
        const key = `${kind},${recordKey(record)},${fieldName}`;
        const newValue = comparable(record.fields[fieldName], value);
        const before = this.told.get(key);
        this.told.delete(key);
        this.told.set(key, {value: newValue, at: now});
        return Boolean(before) && before.value === newValue;
    }

    show(kind, entries) {
        const isConflict = kind === "conflict";
        const {title, lines} = isConflict ? conflictText(entries) : changeText(entries);
        const close = this.notification.add(`\n${lines.join("\n")}`, {
            title,
            type: isConflict ? "warning" : "info",
            autocloseDelay: isConflict ? CONFLICT_DELAY : CHANGE_DELAY,
            className: TOAST_CLASS,
            buttons: isConflict ? [] : [this.stopButton(() => close())],
        });
        if (isConflict) {
            this.closeConflict = close;
        }
    }

    stopButton(close) {
        return {
            name: _t("Do not show these").toString(),
            onClick: async () => {
                close();
                await this.preference.set(false);
                this.queue.forget("change");
            },
        };
    }
}

export const toastService = {
    dependencies: ["notification", "orm"],
    /** @returns {ToastsAPI} */
    start(env, services) {
        return new RealtimeToasts(env, services);
    },
};

registry.category("services").add("amanat_realtime_toasts", toastService);
