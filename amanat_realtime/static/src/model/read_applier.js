import {indexById} from "./datapoints";
import {reconcileGroups} from "./reconcile_groups";
import {applyPage} from "./reconcile_list";
import {applyValuesInSlices} from "./value_slices";

/** Brings what was just read from the server to the records on screen. */
export class ReadApplier {
    /** @param {import("./patcher").ModelPatcher} patcher */
    constructor(patcher) {
        this.patcher = patcher;
        this.model = patcher.model;
    }

    /**
     * @param {{by?: import("../core/message").Author}} work what was asked for
     * @param {object} data see `Refresher.fetch`
     */
    async apply({by}, {hasRealData, records, asked, page, groups}) {
        const {model, patcher} = this;
        const {departures, recordPatcher} = patcher;
        const reasonFor = (id) => this.reasonFor(id) || {by, elsewhere: true};
        const ctx = {departures, recordPatcher, reasonFor, by};
        if (page || groups) {
            if (!(await this.applyValues({page, groups}, by))) {
                return;
            }
            patcher.notifyWillMove();
        }
        if (hasRealData) {
            await this.leaveSampleData();
        } else if (records) {
            this.applyRecords(records, asked, by);
        } else if (page) {
            applyPage(ctx, model.root, page);
        } else if (groups) {
            await reconcileGroups(ctx, model, patcher.env.services.orm, groups);
        }
        if (page || groups) {
            patcher.notifyChanged(null);
        }
    }

    /** @returns {Promise<boolean>} whether rows may come, go and move now */
    async applyValues(data, by) {
        const {patcher} = this;
        if (!(await applyValuesInSlices(patcher, data, by))) {
            return false;
        }
        if (patcher.isBlocked()) {
            // The person began to drag something, or to point at it.
            patcher.refresher.reconcile(by);
            return false;
        }
        return true;
    }

    applyRecords(records, asked, by) {
        const {root} = this.model;
        const index = indexById(root, root.resModel);
        const missing = new Set(asked);
        for (const values of records) {
            missing.delete(values.id);
            for (const record of index.get(values.id) || []) {
                record.amanatGone = null;
                const fields = this.patcher.recordPatcher.applyRead(record, values, by);
                this.patcher.notifyChanged(fields);
            }
        }
        this.patcher.batchApplier.applyDepartures(
            [...missing].map((id) => [
                index.get(id) || [],
                this.reasonFor(id) || {unavailable: true},
            ])
        );
    }

    /** @returns {import("./departures").Reason | null} what messages said about it */
    reasonFor(id) {
        const last = this.patcher.recent.findLast(
            ({message: {unlink, leave}}) => unlink.includes(id) || leave.includes(id)
        );
        const {by, unlink} = last?.message || {};
        return last ? {by, deleted: unlink.includes(id)} : null;
    }

    /** Sample records hold nothing worth keeping: the one case for a plain load. */
    async leaveSampleData() {
        const {model} = this;
        await model.load();
        model.useSampleModel = false;
        model.notify();
    }
}
