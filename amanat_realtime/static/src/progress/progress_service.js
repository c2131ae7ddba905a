import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {guarded, report} from "../core/log";
import {ProgressMemory} from "./progress_memory";
import {hasEnded, ProgressStore} from "./progress_store";
import {ProgressToasts} from "./progress_toasts";

/**
 * @typedef {{
 *  store: ProgressStore,
 *  cancel: (id: number) => Promise<void>,
 *  dismiss: (id: number) => void,
 *  require: (id: number) => void,
 * }} ProgressAPI `require`: have a work in the store that need not be this person's
 */

export const PROGRESS_TYPE = "amanat_realtime/progress";
export const PROGRESS_MODEL = "amanat.realtime.progress";
/** A bar that has not moved for so long (ms) is asked after: messages may get lost. */
export const ASK_AFTER = 15_000;
/** What has ended stays so long (ms) in the systray. */
export const SHOWN_FOR = 60_000;

/** Knows how long works get on: one instance per tab. */
export class ProgressService {
    /**
     * @param {object} env
     * @param {{amanat_realtime: object, notification: object, orm: object}} services
     */
    constructor(env, {amanat_realtime: realtime, notification, orm}) {
        this.orm = orm;
        this.setup(realtime, notification);
    }

    setup(realtime, notification) {
        this.store = new ProgressStore();
        this.memory = new ProgressMemory({onChange: () => this.hideDismissed()});
        this.toasts = new ProgressToasts(notification, this.memory);
        /** @type {Set<number>} */
        this.required = new Set();
        this.takeAnswer(session.amanat_realtime?.progress || []);
        realtime.listen(PROGRESS_TYPE, (payload) => payload.id && this.take(payload));
        realtime.events.addEventListener("RECONNECTED", () => this.askAll());
    }

    /**
     * @param {number} id
     */
    async cancel(id) {
        // until the server says so
        this.store.setCancelling(id, true);
        try {
            this.takeAnswer(await this.orm.call(PROGRESS_MODEL, "cancel", [[id]]));
        } catch (error) {
            this.store.setCancelling(id, false);
            throw error;
        }
    }

    /**
     * @param {number} id
     */
    dismiss(id) {
        this.memory.add("dismissed", id);
        this.hideDismissed();
    }

    require(id) {
        if (this.store.works[id] || this.required.has(id)) {
            return;
        }
        this.required.add(id);
        // Rows of a list are asked for together.
        this.requiring ||= Promise.resolve().then(() => {
            this.requiring = null;
            const ids = [...this.required].filter((one) => !this.store.works[one]);
            return this.ask(ids, {isShown: false});
        });
    }

    hideDismissed() {
        for (const work of this.store.shown) {
            work.isShown = !this.memory.has("dismissed", work.id);
        }
    }

    takeAnswer(answer, params = {}) {
        guarded("could not take progress", () =>
            answer.forEach((told) => this.take(told, {...params, isAnswer: true}))
        );
    }

    /**
     * @param {import("./progress_store").Told} told
     * @param {{isAnswer?: boolean, isShown?: boolean}} [params]
     */
    take(told, {isAnswer, isShown = true} = {}) {
        const isNew = !this.store.works[told.id];
        const work = this.store.apply(told, {isAnswer});
        if (!work) {
            return;
        }
        if (isNew || !isAnswer) {
            work.isShown = isShown && !this.memory.has("dismissed", work.id);
        }
        if (hasEnded(work) && work.isShown) {
            this.toasts.add({...work});
            this.hideLater(work);
        }
        this.askLater();
    }

    hideLater({id, n, heardAt}) {
        browser.setTimeout(
            () => {
                const work = this.store.works[id];
                if (work?.n === n) {
                    work.isShown = false;
                }
            },
            Math.max(heardAt + SHOWN_FOR - Date.now(), 0)
        );
    }

    /** What is not known here will come with its next message, which tells everything. */
    askAll() {
        const ids = this.store.unfinished.map(({id}) => id);
        return ids.length && this.ask(ids);
    }

    askLater() {
        const isNeeded = this.store.unfinished.length > 0;
        this.timer ||= isNeeded && browser.setTimeout(() => this.askAfter(), ASK_AFTER);
    }

    /** Ask after the works that are quiet: less and less often. */
    async askAfter() {
        const now = Date.now();
        const quiet = this.store.unfinished.filter(
            ({heardAt, askedAt}) =>
                now - askedAt >= Math.max(ASK_AFTER, (now - heardAt) / 2) - 1000
        );
        if (quiet.length) {
            await this.ask(quiet.map(({id}) => id));
        }
        this.timer = null;
        this.askLater();
    }

    /**
     * @param {number[]} ids
     * @param {{isShown?: boolean}} [params]
     */
    async ask(ids, params = {}) {
        try {
            const answer = await this.orm.silent.call(PROGRESS_MODEL, "current", [ids]);
            this.takeAnswer(answer, params);
            this.forget(ids, answer);
        } catch (error) {
            report("could not ask for progress", error);
        }
    }

    /** What the server does not know any more is over. */
    forget(ids, answer) {
        const known = new Set(answer.map(({id}) => id));
        for (const id of ids) {
            if (this.store.works[id] && !known.has(id)) {
                delete this.store.works[id];
            }
        }
    }
}

export const progressService = {
    dependencies: ["amanat_realtime", "notification", "orm"],

    /** @returns {ProgressAPI} */
    start(env, services) {
        return new ProgressService(env, services);
    },
};

registry.category("services").add("amanat_realtime_progress", progressService);
