import {patch} from "@web/core/utils/patch";
import {DynamicGroupList} from "@web/model/relational_model/dynamic_group_list";
import {DynamicRecordList} from "@web/model/relational_model/dynamic_record_list";
import {columnValue, movingFrom} from "../conflict/column_base";
import {patcherOf} from "../core/patcher_of";
import {tellColumnGone, tellGone, tellMovedAway} from "../views/drop_notices";
import {letGoOfRow} from "../views/row_focus";

/** What the person drags in the view itself; lines of a form are another matter. */
function patcherOfRoot(list) {
    const {model} = list;
    return model.root?.id === list.id ? patcherOf(model) : undefined;
}

/** What moved while nothing could be moved on the screen takes its place now. */
async function catchUp(patcher) {
    if (patcher.isBehind) {
        letGoOfRow();
        await patcher.catchUp();
    }
}

/** Datapoints above the place where something was put, the nearest one first. */
function above(list, refId) {
    const ids = list.records.map(({id}) => id);
    return ids.slice(0, ids.indexOf(refId) + 1).reverse();
}

/** The nearest one of them that is still in the list. */
function neighbour(list, candidates, {departures}) {
    const staying = list.records.filter((record) => !departures.has(record));
    const ids = new Set(staying.map(({id}) => id));
    return candidates.find((id) => ids.has(id)) ?? null;
}

function find(list, resId, {departures}) {
    return list.records.find(
        (record) => record.resId === resId && !departures.has(record)
    );
}

/** A record can be in several columns: if it still is where it was dragged, that one. */
function columnOf({groups}, resId, groupId, patcher) {
    const columns = groups.filter(
        ({isFolded, list}) => !isFolded && find(list, resId, patcher)
    );
    return columns.find(({id}) => id === groupId) || columns[0];
}

/** It could not be saved in another column: nobody had told that it is deleted. */
function letGoIfDeleted(record, patcher) {
    const {amanatGone: reason} = record;
    if (reason?.deleted) {
        record._discard();
        tellGone(record, reason);
        letGoOfRow();
        patcher.release();
        patcher.refresher.reconcile();
    }
}

function whyGone(resId, {readApplier}) {
    return readApplier.reasonFor(resId) || {elsewhere: true};
}

patch(DynamicGroupList.prototype, {
    async moveRecord(recordId, groupId, refId, targetGroupId) {
        const patcher = patcherOfRoot(this);
        const source = this.groups.find(({id}) => id === groupId);
        const target = this.groups.find(({id}) => id === targetGroupId);
        const dragged = source?.list.records.find(({id}) => id === recordId);
        if (!patcher || !dragged?.resId || !target) {
            return super.moveRecord(...arguments);
        }
        const seen = columnValue(source);
        const candidates = above(target.list, refId);
        await catchUp(patcher);
        const {resId} = dragged;
        const current = columnOf(this, resId, groupId, patcher);
        if (!current) {
            tellGone(dragged, whyGone(resId, patcher));
        } else if (!this.groups.some(({id}) => id === targetGroupId)) {
            tellColumnGone(dragged);
        } else if (source === target && current.id !== targetGroupId) {
            tellMovedAway(dragged);
        } else {
            const record = find(current.list, resId, patcher);
            const place = neighbour(target.list, candidates, patcher);
            await patcher.moving(() =>
                movingFrom(record, this.groupByField.name, seen, () =>
                    super.moveRecord(record.id, current.id, place, targetGroupId)
                )
            );
            letGoIfDeleted(record, patcher);
        }
    },
});

patch(DynamicRecordList.prototype, {
    async resequence(recordId, refId, ...rest) {
        const patcher = patcherOfRoot(this);
        const dragged = this.records.find(({id}) => id === recordId);
        if (!patcher || !dragged?.resId) {
            return super.resequence(...arguments);
        }
        const candidates = above(this, refId);
        await catchUp(patcher);
        const record = find(this, dragged.resId, patcher);
        if (!record) {
            tellGone(dragged, whyGone(dragged.resId, patcher));
            return;
        }
        const place = neighbour(this, candidates, patcher);
        return super.resequence(record.id, place, ...rest);
    },

    /** The order of a row that is only still shown is not saved. */
    _getDPresId(record) {
        const isGone = patcherOf(this.model)?.departures.has(record);
        return isGone ? false : super._getDPresId(record);
    },
});
