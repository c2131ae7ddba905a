/**
 * @param {object} model relational model
 * @returns {import("../model/patcher").ModelPatcher | undefined} what keeps it in step
 *  with others, if it is live
 */
export function patcherOf(model) {
    return model.env?.services?.amanat_realtime?.patcherOf(model);
}
