import {EventBus, reactive, toRaw} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {guarded} from "../core/log";

/**
 * What the server kept of the person's changes to one field.
 *
 * @typedef {{
 *  id: number,
 *  field: string,
 *  label: string,
 *  mine: any,
 *  base: any,
 *  theirs: any,
 *  by: {id: number, name: string} | null,
 *  at: string | null,
 *  created: string,
 * }} Draft values in web_read format with names; `mine` of a one2many holds commands
 *
 * @typedef {{
 *  version: (resModel: string, resId: number) => number,
 *  idsOf: (resModel: string) => number[],
 *  fetch: (resModel: string, resId: number) => Promise<Draft[]>,
 *  remove: (resModel: string, resId: number, ids: number[]) => Promise<void>,
 *  use: (record: object, ids: number[]) => void,
 *  isUsed: (record: object, id: number) => boolean,
 *  onSaved: (record: object, resId: number) => Promise<void>,
 *  onDiscarded: (record: object) => void,
 *  askOnOpen: (resModel: string, resId: number) => void,
 *  takeQuestion: (resModel: string, resId: number) => boolean,
 *  versions: Record<string, Record<number, number>>,
 *  bus: EventBus,
 * }} DraftsAPI `bus` triggers "CHANGED" when the records with drafts are others
 */

export const MODEL = "amanat.realtime.draft";
export const MESSAGE_TYPE = "amanat_realtime/draft";

/** Knows of which records the person has drafts. */
export class RealtimeDrafts {
    constructor(env, services) {
        this.orm = services.orm;
        this.busService = services.bus_service;
        this.setup();
    }

    setup() {
        this.bus = new EventBus();
        this.versions = reactive({});
        this.question = null;
        /** @type {WeakMap<object, number[]>} ids of what is in a form, by its record */
        this.inForm = new WeakMap();
        for (const [resModel, ids] of Object.entries(
            session.amanat_realtime?.drafts || {}
        )) {
            ids.forEach((id) => this.note(resModel, id));
        }
        this.busService.subscribe(MESSAGE_TYPE, (payload) =>
            guarded("could not note a draft", () => this.onNotification(payload))
        );
    }

    onNotification({model, id, gone}) {
        if (gone) {
            this.forget(model, id);
        } else {
            this.note(model, id);
        }
    }

    /** @returns {number} 0: no drafts; else another one each time there are new drafts */
    version(resModel, resId, versions = this.versions) {
        return versions[resModel]?.[resId] || 0;
    }

    idsOf(resModel) {
        return Object.keys(this.versions[resModel] || {}).map(Number);
    }

    note(resModel, resId) {
        this.versions[resModel] = this.versions[resModel] || {};
        this.versions[resModel][resId] = this.version(resModel, resId) + 1;
        this.bus.trigger("CHANGED");
    }

    forget(resModel, resId) {
        if (this.version(resModel, resId)) {
            delete this.versions[resModel][resId];
            this.bus.trigger("CHANGED");
        }
    }

    async fetch(resModel, resId) {
        return this.orm.silent.call(MODEL, "get_drafts", [resModel, resId]);
    }

    async remove(resModel, resId, ids) {
        await this.orm.unlink(MODEL, ids);
        const left = await this.fetch(resModel, resId);
        if (left.length) {
            this.note(resModel, resId);
        } else {
            this.forget(resModel, resId);
        }
    }

    /** What was put into a form is kept until the form is saved, for it may not be. */
    use(record, ids) {
        const before = this.inForm.get(toRaw(record)) || [];
        this.inForm.set(toRaw(record), [...before, ...ids]);
        this.note(record.resModel, record.resId);
    }

    isUsed(record, id) {
        return Boolean(this.inForm.get(toRaw(record))?.includes(id));
    }

    takeUsed(record) {
        const ids = this.inForm.get(toRaw(record)) || [];
        this.inForm.delete(toRaw(record));
        return ids;
    }

    async onSaved(record, resId) {
        const ids = this.takeUsed(record);
        if (ids.length) {
            await this.remove(record.resModel, resId, ids);
        }
    }

    onDiscarded(record) {
        if (this.takeUsed(record).length) {
            this.note(record.resModel, record.resId);
        }
    }

    /** The form that is about to open asks what to do with the drafts. */
    askOnOpen(resModel, resId) {
        this.question = `${resModel},${resId}`;
    }

    takeQuestion(resModel, resId) {
        const isAsked = this.question === `${resModel},${resId}`;
        if (isAsked) {
            this.question = null;
        }
        return isAsked;
    }
}

export const draftService = {
    dependencies: ["bus_service", "orm"],

    /** @returns {DraftsAPI} */
    start(env, services) {
        return new RealtimeDrafts(env, services);
    },
};

registry.category("services").add("amanat_realtime_drafts", draftService);
