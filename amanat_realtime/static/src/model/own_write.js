import {bumpEpoch} from "./epoch";

/**
 * What this tab writes: the echo of it is not news to the model that wrote, and what was
 * read from the server before may be older than what is shown.
 *
 * @template T
 * @param {object} model
 * @param {() => Promise<T>} write
 * @returns {Promise<T>}
 */
export async function ownWrite(model, write) {
    const end = model.env?.services?.amanat_realtime?.ownWriters.begin(model);
    bumpEpoch(model);
    try {
        return await write();
    } finally {
        bumpEpoch(model);
        end?.();
    }
}
