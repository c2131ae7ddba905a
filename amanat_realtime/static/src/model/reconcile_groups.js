import {placesOf} from "./datapoints";
import {keyOf, withEmptied} from "./emptied_groups";
import {applyPage} from "./reconcile_list";
import {silentModel} from "./silent_read";

/** @typedef {import("./reconcile_list").ReconcileContext} ReconcileContext */

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

/** How many of the groups that were read each record is in. */
function countArrivals(infos, arrivals = new Map()) {
    for (const {records = [], groups = []} of infos) {
        for (const {id} of records) {
            arrivals.set(id, (arrivals.get(id) || 0) + 1);
        }
        countArrivals(groups, arrivals);
    }
    return arrivals;
}

/**
 * What is on screen, for all groups to know: `strays` may be moved to another group
 * instead of being made anew, `pinned` are to stay in theirs.
 */
function lookAround(ctx, root, infos) {
    const arrivals = countArrivals(infos);
    const shown = placesOf(root).flatMap(({list}) => list.records);
    const copies = new Map();
    for (const {resId} of shown) {
        copies.set(resId, (copies.get(resId) || 0) + 1);
    }
    // In several groups at once (many2many) a record has one datapoint in each.
    const isSingle = ({resId}) => arrivals.get(resId) === 1 && copies.get(resId) === 1;
    const single = shown.filter(isSingle);
    const isPinned = (record) => ctx.departures.isPinned(record);
    return {
        strays: new Map(
            single.filter((r) => !isPinned(r)).map((record) => [record.resId, record])
        ),
        pinned: new Set(single.filter(isPinned).map(({resId}) => resId)),
    };
}

const idsOf = (datapoints) => datapoints.map(({id}) => id);

/** Groups in the order of the server; around a row in edition they stay in theirs. */
function orderGroups(ctx, list, next) {
    const pinned = placesOf(list)
        .flatMap(({list: {records}}) => records)
        .find((record) => ctx.departures.isPinned(record));
    if (!pinned) {
        return next;
    }
    const ids = new Set(idsOf(next));
    const staying = list.groups.filter(({id}) => ids.has(id));
    const known = new Set(idsOf(staying));
    const ordered = next.map((group) =>
        known.has(group.id) ? staying.shift() : group
    );
    if (idsOf(ordered).join() !== idsOf(next).join()) {
        ctx.departures.misplace(pinned);
    }
    return ordered;
}

/** With a filter of the progress bar on, a list is shorter than its group. */
function lengthOf({config, list}, info) {
    if (!config.extraDomain) {
        return info.count;
    }
    const isWhole = !list.offset && info.records.length < list.limit;
    return isWhole ? info.records.length : list.count;
}

/** A row that must stay where it is would be there twice. */
function applyGroupPage(ctx, group, info) {
    const {list} = group;
    const own = new Set(list.records.map(({resId}) => resId));
    const records = info.records.filter(({id}) => own.has(id) || !ctx.pinned.has(id));
    applyPage(ctx, list, {records, length: lengthOf(group, info)});
    group._useGroupCountForList();
}

/** Records that are on screen already are moved into it, so it begins empty. */
function createGroup(list, info) {
    return list._createGroupDatapoint({...info, records: [], groups: []});
}

function applyGroup(ctx, group, info) {
    const unsaved = group.isFolded ? [] : group.records.filter((r) => r.isNew);
    group.count = info.count + unsaved.length;
    group.aggregates = info.aggregates;
    group.displayName = info.displayName;
    if (group.record && info.values) {
        ctx.recordPatcher.applyRead(group.record, info.values);
    }
    if (group.isFolded) {
        return;
    }
    if (group.list.isGrouped) {
        applyGroups(ctx, group.list, {groups: info.groups, length: info.length});
    } else {
        applyGroupPage(ctx, group, info);
    }
}

function applyGroups(ctx, list, {groups: sent, length}) {
    const existing = new Map(list.groups.map((group) => [keyOf(group), group]));
    const infos = withEmptied(ctx, list, {groups: sent, length});
    const next = infos.map((info) => {
        const group = existing.get(keyOf(info)) || createGroup(list, info);
        applyGroup(ctx, group, info);
        return group;
    });
    const ordered = orderGroups(ctx, list, next);
    if (idsOf(ordered).join() !== idsOf(list.groups).join()) {
        list.groups = ordered;
    }
    list.count = length;
    return infos;
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
    const {config} = root;
    // Core fills up with what it remembers, at the first level only and with old rows.
    delete config.currentGroups;
    const data = await silentModel(model, orm)._postprocessReadGroup(config, response);
    const infos = applyGroups(
        {...ctx, ...lookAround(ctx, root, data.groups)},
        root,
        data
    );
    // The person's next load keeps them, as it keeps what that person emptied.
    config.currentGroups.groups = infos.map((info) => ({...info, groups: []}));
}
