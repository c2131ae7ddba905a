import {ChangeBatch} from "./change_batch";
import {indexById, isForm, placesOf} from "./datapoints";
import {adjustSums} from "./group_sums";
import {LEAVES, Membership, UNKNOWN} from "./membership";
import {COLLECT_WINDOW} from "./refresher";

const REFRESH_JITTER = 2000;

const isLine = (record) => Boolean(record._parentRecord);

/**
 * Brings what messages say to the records on screen, without any rpc; what a message
 * cannot tell is asked from the refresher.
 */
export class BatchApplier {
    /** @param {import("./patcher").ModelPatcher} patcher */
    constructor(patcher) {
        this.patcher = patcher;
        const {model, refresher, recordPatcher, departures} = patcher;
        Object.assign(this, {model, refresher, recordPatcher, departures});
    }

    /** @param {import("../core/message").ChangeMessage[]} messages */
    apply(messages) {
        for (const resModel of new Set(messages.map(({model}) => model))) {
            const batch = new ChangeBatch(
                messages.filter(({model}) => model === resModel),
                (message) => this.patcher.isOutdated(message)
            );
            if (batch.refresh && this.isShown(resModel)) {
                // Everybody was told at the same moment. What was being saved then
                // has come to its end when the window is over.
                const delay = COLLECT_WINDOW + Math.random() * REFRESH_JITTER;
                this.refresher.reconcile(batch.by, {delay});
            }
            if (resModel === this.model.root.resModel) {
                this.applyToRoot(batch);
            }
            this.applyToLines(resModel, batch);
        }
    }

    /** The view is about it, or has lines or tags of it. */
    isShown(resModel) {
        const {root} = this.model;
        return resModel === root.resModel || indexById(root, resModel).size > 0;
    }

    applyToRoot(batch) {
        const {model, refresher} = this;
        if (model.useSampleModel) {
            refresher.reconcile(batch.by);
            return;
        }
        const index = indexById(model.root, model.root.resModel);
        this.applyChanges(batch, index);
        this.applyDepartures(
            [...batch.departures].map(([id, reason]) => [index.get(id) || [], reason])
        );
        this.applyArrivals(batch, index);
    }

    applyChanges(batch, index) {
        const unfit = new Set();
        for (const [id, change] of batch.changes) {
            for (const record of index.get(id) || []) {
                if (this.applyChange(record, change)) {
                    unfit.add(id);
                }
            }
        }
        if (!isForm(this.model.root)) {
            this.applyMembership(batch, index, unfit);
        }
    }

    /** All values first: the place of a row depends on those of its neighbours. */
    applyMembership(batch, index, unfit) {
        const {departures, model, patcher, refresher} = this;
        const {extraFields} = patcher;
        const membership = new Membership({root: model.root, departures, extraFields});
        const leaving = [];
        for (const [id, change] of batch.changes) {
            const {by} = change;
            const records = (index.get(id) || []).filter((r) => !isLine(r));
            const verdict = membership.judge(records, change, unfit.has(id));
            if (verdict === UNKNOWN) {
                refresher.reconcile(by, {ids: [id]});
            } else if (verdict === LEAVES) {
                leaving.push([records, {by, elsewhere: true}]);
            }
        }
        this.applyDepartures(leaving);
    }

    /** @returns {boolean} whether the record has to be read again */
    applyChange(record, change) {
        const {root} = this.model;
        const before = root.isGrouped ? {...record._values} : null;
        const {fields, read} = this.recordPatcher.applyChange(record, change);
        if (read) {
            this.refresher.readRecord(
                (record._parentRecord || record).resId,
                change.by
            );
        }
        const isCounted = !this.departures.has(record);
        if (
            fields.length &&
            before &&
            !(isCounted && adjustSums(root, record, before, fields))
        ) {
            this.refresher.reconcile(change.by, {ids: [record.resId]});
        }
        this.patcher.notifyChanged(fields);
        return read;
    }

    /**
     * @param {[
     *  records: object[],
     *  reason: import("./departures").Reason,
     * ][]} departing datapoints of each record that went
     */
    applyDepartures(departing) {
        if (!departing.length) {
            return;
        }
        const {root} = this.model;
        const reasons = new Map(
            departing.flatMap(([records, reason]) =>
                records.map(({id}) => [id, reason])
            )
        );
        if (isForm(root)) {
            if (reasons.has(root.id)) {
                root.amanatGone = reasons.get(root.id);
            }
            return;
        }
        const leaving = [];
        for (const {list, groups} of placesOf(root)) {
            const here = list.records.filter(({id}) => reasons.has(id));
            const count = here.filter((record) => !this.departures.has(record)).length;
            // A limited count says no more than that there are more.
            list.count -= list.hasLimitedCount ? 0 : count;
            groups.forEach((group) => (group.count -= count));
            leaving.push(...here.map((record) => [record, reasons.get(record.id)]));
        }
        this.departures.depart(leaving);
        if (root.isGrouped || !this.isWhole(root)) {
            this.refresher.reconcile(departing.at(-1)[1].by, {
                ids: departing.flatMap(([records]) => records.map(({resId}) => resId)),
            });
        }
    }

    /** Does a list show all records that it has? Those on their way out are none. */
    isWhole({count, hasLimitedCount, offset, records}) {
        const {length} = records.filter((record) => !this.departures.has(record));
        return !offset && !hasLimitedCount && count <= length;
    }

    applyArrivals(batch, index) {
        for (const [id, by] of batch.entered) {
            for (const record of index.get(id) || []) {
                record.amanatGone = null;
                if (this.departures.has(record)) {
                    // It was counted out when it left.
                    this.refresher.reconcile(by, {ids: [id]});
                }
                this.departures.stay(record);
                this.refresher.readRecord(id, by);
            }
        }
        const unknown = [...batch.created, ...batch.entered].filter(
            ([id]) => !index.has(id)
        );
        if (unknown.length && !isForm(this.model.root)) {
            const ids = unknown.map(([id]) => id);
            this.refresher.reconcile(unknown.at(-1)[1], {ids});
        }
    }

    /** Lines that enter or leave a x2many field make that field of their parent stale. */
    applyToLines(resModel, batch) {
        const index = indexById(this.model.root, resModel);
        const linesOf = (id) => (index.get(id) || []).filter(isLine);
        for (const [id, change] of batch.changes) {
            linesOf(id).forEach((line) => this.applyChange(line, change));
        }
        for (const [id, {by}] of batch.departures) {
            linesOf(id).forEach(({_parentRecord: parent}) =>
                this.refresher.readRecord(parent.resId, by)
            );
        }
    }
}
