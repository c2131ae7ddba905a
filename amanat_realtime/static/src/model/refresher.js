import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {report} from "../core/log";
import {isForm} from "./datapoints";
import {epochOf} from "./epoch";
import {foldingOf} from "./reconcile_groups";
import {hasRecords, readGroups, readPage, readRecords} from "./silent_read";

/** @typedef {import("../core/message").Author} Author */

export const COLLECT_WINDOW = 60;
const RETRY_DELAY = 250;
const OFFLINE_DELAY = 5000;
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
     * }} params `onData` is called in the model's mutex; `isBlocked`: the person is
     *  dragging, nothing may move
     */
    constructor(params) {
        Object.assign(this, params);
        this.reset();
    }

    reset() {
        this.ids = new Set();
        this.whole = false;
        this.by = undefined;
        this.tries = 0;
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.running = false;
    }

    /** @param {number} id of a record of the view */
    readRecord(id, by) {
        this.ids.add(id);
        this.schedule(by);
    }

    /** Which records are in the view, and in which order, has to be looked up. */
    reconcile(by, delay = COLLECT_WINDOW) {
        this.whole = true;
        this.schedule(by, delay);
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
        if (this.isBlocked()) {
            this.schedule(this.by, RETRY_DELAY);
            return;
        }
        this.running = true;
        let delay = COLLECT_WINDOW;
        try {
            const done = await this.run();
            this.tries = done ? 0 : this.tries + 1;
            delay = done ? COLLECT_WINDOW : RETRY_DELAY;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.returnWork(this.work);
                delay = OFFLINE_DELAY;
            } else {
                report("could not read again", error);
            }
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

    takeWork() {
        const work = {ids: [...this.ids], whole: this.whole, by: this.by};
        this.ids = new Set();
        this.whole = false;
        this.by = undefined;
        return work;
    }

    returnWork({ids, whole, by}) {
        ids.forEach((id) => this.ids.add(id));
        this.whole = this.whole || whole;
        this.by = this.by || by;
    }

    /** @returns {Promise<boolean>} false if the view changed under the read */
    async run() {
        const {model} = this;
        const work = (this.work = this.takeWork());
        this.isReadingAll = work.whole;
        const since = Date.now();
        const before = this.signature();
        const apply = async (data) => {
            if (before !== this.signature() || this.isBlocked() || this.destroyed) {
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
