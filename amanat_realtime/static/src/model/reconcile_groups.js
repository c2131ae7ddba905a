import {placesOf} from "./datapoints";
import {silentModel} from "./silent_read";
import {applyPage} from "./reconcile_list";

/** @typedef {import("./reconcile_list").ReconcileContext} ReconcileContext */

const keyOf = (group) => JSON.stringify(group.serverValue ?? false);

/** Which groups are open decides what is read: it must not have changed meanwhile. */
export function foldingOf(root) {
    return JSON.stringify(
        (root.groups || []).map((group) => [
            keyOf(group),
            group.isFolded,
            group.isFolded ? [] : foldingOf(group.list),
        ])
    );
}

/** Ids per group, so that a record that changed group is moved, not made anew. */
function collectArrivals(infos, arrivals = new Map()) {
    for (const {records = [], groups = []} of infos) {
        for (const {id} of records) {
            arrivals.set(id, (arrivals.get(id) || 0) + 1);
        }
        collectArrivals(groups, arrivals);
    }
    return arrivals;
}

function collectStrays(ctx, root, infos) {
    const arrivals = collectArrivals(infos);
    const strays = new Map();
    for (const {list} of placesOf(root)) {
        for (const record of list.records) {
            // In several groups at once (many2many) a record has one datapoint in each.
            const single =
                arrivals.get(record.resId) === 1 && !strays.has(record.resId);
            if (
                single &&
                !record.isInEdition &&
                !ctx.departures.editing.isFocused(record)
            ) {
                strays.set(record.resId, record);
            }
        }
    }
    return strays;
}

function withoutPinned(ctx, root, info) {
    const pinned = new Set(
        placesOf(root)
            .flatMap(({list}) => list.records)
            .filter((r) => r.isInEdition || ctx.departures.editing.isFocused(r))
            .map((r) => r.resId)
    );
    return (info.records || []).filter(({id}) => !pinned.has(id));
}

function applyGroups(ctx, root, list, {groups: infos, length}) {
    const existing = new Map(list.groups.map((group) => [keyOf(group), group]));
    const next = infos.map((info) => {
        const group = existing.get(keyOf(info));
        if (!group) {
            return list._createGroupDatapoint(info);
        }
        const unsaved = group.isFolded ? [] : group.records.filter((r) => r.isNew);
        group.count = info.count + unsaved.length;
        group.aggregates = info.aggregates;
        group.displayName = info.displayName;
        if (group.isFolded) {
            return group;
        }
        if (group.list.isGrouped) {
            applyGroups(ctx, root, group.list, {
                groups: info.groups,
                length: info.length,
            });
        } else {
            applyGroupPage(ctx, root, group, info);
        }
        return group;
    });
    if (next.map(({id}) => id).join() !== list.groups.map(({id}) => id).join()) {
        list.groups = next;
    }
    list.count = length;
}

/** With a filter of the progress bar on, a list is shorter than its group. */
function lengthOf({config, list}, info) {
    if (!config.extraDomain) {
        return info.count;
    }
    const isWhole = !list.offset && info.records.length < list.limit;
    return isWhole ? info.records.length : list.count;
}

function applyGroupPage(ctx, root, group, info) {
    const {list} = group;
    const own = new Set(list.records.map(({resId}) => resId));
    const elsewhere = withoutPinned(ctx, root, info);
    const records = (info.records || []).filter(
        (values) => own.has(values.id) || elsewhere.includes(values)
    );
    applyPage(ctx, list, {records, length: lengthOf(group, info)});
}

/**
 * Bring all groups to what the server just sent, without losing which are open, how
 * much of them is shown, or a row in edition.
 *
 * @param {ReconcileContext} ctx
 * @param {object} model
 * @param {object} orm service
 * @param {{groups: object[], length: number}} response of web_read_group
 */
export async function reconcileGroups(ctx, model, orm, response) {
    const {root} = model;
    const data = await silentModel(model, orm)._postprocessReadGroup(
        root.config,
        response
    );
    const strays = collectStrays(ctx, root, data.groups);
    applyGroups({...ctx, strays}, root, root, data);
}
