import {toRaw} from "@odoo/owl";

const epochs = new WeakMap();

/**
 * Counts the times this tab itself put fresh data (a load, a save, a drag) in a model.
 * What was read from the server before that moment may be older than what is shown.
 *
 * @param {object} model
 * @returns {number}
 */
export function epochOf(model) {
    return epochs.get(toRaw(model)) || 0;
}

export function bumpEpoch(model) {
    epochs.set(toRaw(model), epochOf(model) + 1);
}
