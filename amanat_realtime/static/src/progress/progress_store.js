import {reactive} from "@odoo/owl";
import {withSample} from "./speed";

/**
 * @typedef {{key: string, label: string, count: number, skipped: boolean}} Counter
 *
 * @typedef {"running" | "stopped" | "done" | "warning" | "failed" | "cancelled"} WorkState
 *  - stopped: said to be running, but without a sign of life for minutes;
 *  - warning: done, and something was skipped.
 *
 * @typedef {{
 *  id: number,
 *  n: number,
 *  name: string,
 *  state: WorkState | "gone",
 *  done: number,
 *  total: number,
 *  message: string,
 *  counters: Counter[],
 *  elapsed: number,
 *  ago: number,
 *  cancellable: boolean,
 *  cancelling: boolean,
 *  record?: {model: string, id: number},
 *  by?: {id: number, name: string},
 * }} Told `n`: number of the message; `total`: 0 if nobody knows; `elapsed`, `ago`:
 *  seconds; `gone`: the work is run anew, forget it
 *
 * @typedef {Told & {
 *  samples: import("./speed").Sample[],
 *  heardAt: number,
 *  askedAt: number,
 *  isShown: boolean,
 * }} Work `heardAt`: when it last gave a sign of life, in this browser's time
 */

const SECOND = 1000;

/** @param {Told} told */
export const hasEnded = ({state}) => !["running", "stopped"].includes(state);

/** Long works as this tab knows them. Reactive. */
export class ProgressStore {
    constructor() {
        const self = reactive(this);
        /** @type {Record<number, Work>} */
        self.works = {};
        return self;
    }

    /** @returns {Work[]} those worth a look, the latest one first */
    get shown() {
        return Object.values(this.works)
            .filter((work) => work.isShown)
            .sort((one, other) => other.id - one.id);
    }

    /** @returns {Work[]} */
    get unfinished() {
        return Object.values(this.works).filter((work) => !hasEnded(work));
    }

    /**
     * @param {string} model
     * @param {number} id
     * @returns {Work | undefined} the latest work about a record that is shown
     */
    about(model, id) {
        return this.shown.find(
            ({record}) => record?.model === model && record.id === id
        );
    }

    /**
     * Messages may overtake each other: what is older than what is known is ignored.
     *
     * @param {Told} told
     * @param {{isAnswer?: boolean}} [params] the server was asked; it may say more of the
     *  last message than the message itself, that nothing came after it
     * @returns {Work | null} if there is news
     */
    apply(told, {isAnswer = false} = {}) {
        const known = this.works[told.id];
        const isNews = !known || told.n > known.n;
        const isLater = isAnswer && told.n === known?.n && !hasEnded(known);
        if (!isNews && !isLater) {
            return null;
        }
        if (told.state === "gone") {
            delete this.works[told.id];
            return null;
        }
        const now = Date.now();
        const {samples = [], isShown = true} = known || {};
        const sample = {elapsed: told.elapsed, done: told.done};
        this.works[told.id] = {
            ...told,
            cancelling: told.cancelling && !hasEnded(told),
            samples: isNews ? withSample(samples, sample) : samples,
            heardAt: isNews ? now - told.ago * SECOND : known.heardAt,
            askedAt: now,
            isShown,
        };
        return this.works[told.id];
    }

    /** @param {number} id */
    setCancelling(id, cancelling) {
        this.works[id] = {...this.works[id], cancelling};
    }
}
