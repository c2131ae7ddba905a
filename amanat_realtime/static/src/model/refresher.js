import {browser} from "@web/core/browser/browser";
import {retryDelay} from "../core/retry_delay";
import {isForm} from "./datapoints";
import {epochOf} from "./epoch";
import {foldingOf} from "./reconcile_groups";
import {hasRecords, readGroups, readPage, readRecords} from "./silent_read";

/** @typedef {import("../core/message").Author} Author */

export const COLLECT_WINDOW = 60;
const RETRY_DELAY = 250;
const MAX_TRIES = 3;

/**
 * Reads again what messages could not tell: one silent read at a time per model, for
 * everything that was asked within a short window. What must wait is kept.
 */
export class Refresher {
    /**
     * @param {{
     *  model: object,
     *  orm: object,
     *  onData: (work: object, data: any, since: number) => any,
     *  isBlocked: () => boolean,
     *  onWaiting?: () => void,
     *  isMoreToCome?: () => boolean,
     * }} params `onData` is called in the model's mutex; `isBlocked`: nothing may move
     *  now; `onWaiting`: what waits for that changed; `isMoreToCome`: a big change
     *  is being applied, one read serves all of it
     */
    constructor(params) {
        Object.assign(this, params);
        this.reset();
    }

    reset() {
        this.ids = new Set();
        this.whole = false;
        this.by = undefined;
        /** @type {Set<number>} records that `whole` is about */
        this.changedIds = new Set();
        /** Others may have changed too. */
        this.isVague = false;
        this.tries = 0;
        this.failures = 0;
        this.wasHeld = false;
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.running = false;
    }

    /** @param {number} id of a record of the view */
    readRecord(id, by) {
        this.ids.add(id);
        this.schedule(by);
    }

    /**
     * Which records are in the view, and in which order, has to be looked up.
     *
     * @param {Author} [by]
     * @param {{delay?: number, ids?: number[]}} [options] `ids`: the records that were
     *  changed, if that is known
     */
    reconcile(by, {delay = COLLECT_WINDOW, ids} = {}) {
        this.whole = true;
        this.isVague ||= !ids;
        ids?.forEach((id) => this.changedIds.add(id));
        this.schedule(by, delay);
        this.onWaiting?.();
    }

    schedule(by, delay = COLLECT_WINDOW) {
        this.by = by || this.by;
        const due = Date.now() + delay;
        if (this.running || (this.timer && this.due <= due)) {
            return;
        }
        browser.clearTimeout(this.timer);
        this.due = due;
        this.timer = browser.setTimeout(() => this.start(), delay);
    }

    get hasWork() {
        return this.whole || this.ids.size > 0;
    }

    /** The composition of the view will be told anew. */
    get isPending() {
        return this.whole || this.isReadingAll;
    }

    async start() {
        this.timer = null;
        if (this.destroyed || this.running || !this.hasWork) {
            return;
        }
        if (document.visibilityState === "hidden") {
            this.waitUntilVisible();
            return;
        }
        if (this.isMoreToCome?.()) {
            this.schedule(this.by);
            return;
        }
        if (this.isBlocked() && !this.canReadValues) {
            this.wasHeld = true;
            this.schedule(this.by, RETRY_DELAY);
            return;
        }
        await this.work();
    }

    /** What is in a row or card may change while none of them moves. */
    get canReadValues() {
        const {root, useSampleModel} = this.model;
        return this.ids.size > 0 && !useSampleModel && !isForm(root);
    }

    /** Maybe nothing is blocked any more: do not wait for the next try. */
    wake() {
        if (this.wasHeld && !this.isBlocked()) {
            this.wasHeld = false;
            this.schedule(this.by, 0);
        }
    }

    /** Look now for what would be looked for in a moment. */
    async catchUp() {
        const isLeft = () => this.isPending && !this.isBlocked() && !this.destroyed;
        for (let i = 0; i <= MAX_TRIES && isLeft(); i++) {
            await (this.running ? this.finished : this.work());
        }
    }

    work() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.running = true;
        this.finished = this.readUntilDone();
        return this.finished;
    }

    async readUntilDone() {
        let delay = COLLECT_WINDOW;
        try {
            const done = await this.run();
            this.tries = done ? 0 : this.tries + 1;
            this.failures = 0;
            delay = done ? COLLECT_WINDOW : RETRY_DELAY;
        } catch (error) {
            this.returnWork(this.taken);
            delay = retryDelay("could not read again", error, this.failures++);
        }
        this.running = false;
        this.isReadingAll = false;
        if (this.hasWork && !this.destroyed) {
            this.schedule(this.by, delay);
        }
    }

    waitUntilVisible() {
        if (!this.waiting) {
            this.waiting = true;
            const wake = () => {
                this.waiting = false;
                this.schedule(this.by);
            };
            document.addEventListener("visibilitychange", wake, {once: true});
        }
    }

    /** Rows and groups stay among what waits if nothing may move. */
    takeWork() {
        const whole = this.whole && !this.isBlocked();
        const {ids, by, changedIds, isVague} = this;
        this.ids = new Set();
        if (whole) {
            this.whole = false;
            this.changedIds = new Set();
            this.isVague = false;
            this.onWaiting?.();
        }
        this.by = this.whole ? by : undefined;
        return {ids: [...ids], whole, by, changedIds, isVague};
    }

    returnWork({ids, whole, by, changedIds, isVague}) {
        ids.forEach((id) => this.ids.add(id));
        if (whole) {
            changedIds.forEach((id) => this.changedIds.add(id));
            this.isVague ||= isVague;
        }
        this.whole = this.whole || whole;
        this.by = this.by || by;
        this.onWaiting?.();
    }

    /** @returns {Promise<boolean>} false if the view changed under the read */
    async run() {
        const {model} = this;
        const work = (this.taken = this.takeWork());
        this.isReadingAll = work.whole;
        const since = Date.now();
        const before = this.signature();
        const mustWait = () => (work.whole || isForm(model.root)) && this.isBlocked();
        const apply = async (data) => {
            this.wasHeld ||= mustWait();
            if (before !== this.signature() || mustWait() || this.destroyed) {
                this.returnWork(work);
                return false;
            }
            await this.onData(work, data, since);
            return true;
        };
        if (this.tries >= MAX_TRIES) {
            // Too much happens here: read while nothing else can.
            return model.mutex.exec(async () => apply(await this.fetch(work)));
        }
        const data = await this.fetch(work);
        return model.mutex.exec(() => apply(data));
    }

    signature() {
        const {root} = this.model;
        return [root?.id, epochOf(this.model), root ? foldingOf(root) : ""].join();
    }

    async fetch({ids, whole}) {
        const {model, orm} = this;
        const {root} = model;
        if (!root) {
            return null;
        }
        if (model.useSampleModel) {
            return {hasRealData: await hasRecords(orm, root)};
        }
        if (isForm(root)) {
            const read = root.resId ? await readRecords(orm, root, [root.resId]) : [];
            return {records: read, asked: root.resId ? [root.resId] : []};
        }
        if (!whole) {
            return {records: await readRecords(orm, root, ids), asked: ids};
        }
        return root.isGrouped
            ? {groups: await readGroups(orm, model, root)}
            : {page: await readPage(orm, model, root)};
    }

    destroy() {
        this.destroyed = true;
        this.reset();
    }
}
