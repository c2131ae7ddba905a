import {ChangeBatch, touchedFields} from "./change_batch";
import {indexById, isForm, placesOf} from "./datapoints";
import {adjustSums} from "./group_sums";
import {aggregatedFields, membershipFields} from "./relevance";

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
            if (resModel === this.model.root.resModel) {
                this.applyToRoot(batch);
            }
            this.applyToLines(resModel, batch);
        }
    }

    applyToRoot(batch) {
        const {model, refresher} = this;
        if (batch.refresh) {
            // Everybody was told at the same moment.
            refresher.reconcile(batch.by, Math.random() * REFRESH_JITTER);
        }
        if (model.useSampleModel) {
            refresher.reconcile(batch.by);
            return;
        }
        const index = indexById(model.root, model.root.resModel);
        this.applyChanges(batch, index);
        for (const [id, reason] of batch.departures) {
            this.applyDeparture(index.get(id), reason);
        }
        this.applyArrivals(batch, index);
    }

    applyChanges(batch, index) {
        const {root} = this.model;
        const deciding = isForm(root) ? new Set() : membershipFields(root);
        const unseen = isForm(root)
            ? deciding
            : new Set([
                  ...deciding,
                  ...aggregatedFields(root),
                  ...this.patcher.extraFields,
              ]);
        for (const [id, change] of batch.changes) {
            const records = index.get(id);
            for (const record of records || []) {
                this.applyChange(record, change);
            }
            if (
                touchedFields(change).some((f) => (records ? deciding : unseen).has(f))
            ) {
                this.refresher.reconcile(change.by);
            }
        }
    }

    applyChange(record, change) {
        const {root} = this.model;
        const before = root.isGrouped ? {...record.data} : null;
        const {fields, read} = this.recordPatcher.applyChange(record, change);
        if (read) {
            this.refresher.readRecord(
                (record._parentRecord || record).resId,
                change.by
            );
        }
        if (fields.length && before && !adjustSums(root, record, before, fields)) {
            this.refresher.reconcile(change.by);
        }
        this.patcher.notifyChanged(fields);
    }

    /**
     * @param {object[]} [records] datapoints of the record that went
     * @param {import("./departures").Reason} reason
     */
    applyDeparture(records = [], reason) {
        const {root} = this.model;
        if (isForm(root)) {
            if (records.some(({id}) => id === root.id)) {
                root.amanatGone = reason;
            }
            return;
        }
        const ids = new Set(records.map(({id}) => id));
        for (const {list, groups} of placesOf(root)) {
            for (const record of list.records.filter(({id}) => ids.has(id))) {
                if (!this.departures.has(record)) {
                    list.count--;
                    groups.forEach((group) => group.count--);
                }
                this.departures.depart(record, reason);
            }
        }
        const isWhole =
            !root.isGrouped && !root.offset && root.count <= root.records.length;
        if (!isWhole) {
            this.refresher.reconcile(reason.by);
        }
    }

    applyArrivals(batch, index) {
        for (const [id, by] of batch.entered) {
            for (const record of index.get(id) || []) {
                record.amanatGone = null;
                this.departures.stay(record);
                this.refresher.readRecord(id, by);
            }
        }
        const unknown = [...batch.created, ...batch.entered].filter(
            ([id]) => !index.has(id)
        );
        if (unknown.length && !isForm(this.model.root)) {
            this.refresher.reconcile(unknown.at(-1)[1]);
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
