import {patcherOf} from "../core/patcher_of";
import {silentModel} from "../model/silent_read";

/** Runs the core's own refresh with silent reads, writing to the real state. */
function silently(state, orm) {
    const model = silentModel(state.model, orm);
    return new Proxy(state, {
        get: (target, key) => (key === "model" ? model : Reflect.get(target, key)),
        set: (target, key, value) => Reflect.set(target, key, value),
    });
}

/** Core refreshes open columns only: the others are worked out when they are opened. */
function forgetFolded({model, _groupsInfo}) {
    model.root.groups
        .filter(({isFolded}) => isFolded)
        .forEach(({id}) => delete _groupsInfo[id]);
}

/**
 * As core does when the person moves the last card away: a bar of no width could not
 * be clicked to show the others again.
 */
function dropEmptyFilters({model, activeBars}) {
    const filtered = model.root.groups.filter(
        ({serverValue}) => activeBars[serverValue]?.count === 0
    );
    for (const group of filtered) {
        delete activeBars[group.serverValue];
        const {config, groupDomain: domain, list} = group;
        model._updateConfig(config, {extraDomain: false}, {reload: false});
        model._updateConfig(list.config, {domain}, {reload: false});
    }
    if (filtered.length) {
        patcherOf(model)?.refresher.reconcile();
    }
}

/**
 * @param {object} state ProgressBarState of a kanban
 * @param {object} orm service
 */
export async function refreshProgressBars(state, orm) {
    const silent = silently(state, orm);
    const {groups} = state.model.root;
    const filtered = groups.filter(({serverValue}) => state.activeBars[serverValue]);
    const aggregates = state._aggregateFields.length
        ? [
              silent._updateAggregates(),
              ...filtered.map((group) => silent.updateAggregateGroup(group)),
          ]
        : [];
    await Promise.all([silent._updateProgressBar(), ...aggregates]);
    forgetFolded(state);
    dropEmptyFilters(state);
}
