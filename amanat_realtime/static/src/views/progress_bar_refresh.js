import {silentModel} from "../model/silent_read";

/** Runs the core's own refresh with silent reads, writing to the real state. */
function silently(state, orm) {
    const model = silentModel(state.model, orm);
    return new Proxy(state, {
        get: (target, key) => (key === "model" ? model : Reflect.get(target, key)),
        set: (target, key, value) => Reflect.set(target, key, value),
    });
}

/**
 * @param {object} state ProgressBarState of a kanban
 * @param {object} orm service
 */
export async function refreshProgressBars(state, orm) {
    const silent = silently(state, orm);
    await Promise.all([
        silent._updateProgressBar(),
        state._aggregateFields.length ? silent._updateAggregates() : null,
    ]);
}
