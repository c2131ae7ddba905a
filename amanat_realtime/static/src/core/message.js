export const MESSAGE_TYPE = "amanat_realtime/changes";
export const MESSAGE_VERSION = 1;
/** Whoever follows a room of a model is in this one too. */
export const EVERY_ROOM = "*";

/**
 * @typedef {{id: number, name: string}} Author
 * @typedef {{
 *  ids: number[],
 *  diff: Record<string, [any, any]>,
 *  stale: string[],
 * }} Update
 * @typedef {{
 *  model: string,
 *  room?: string,
 *  update: Update[],
 *  create: number[],
 *  unlink: number[],
 *  enter: number[],
 *  leave: number[],
 *  refresh: boolean,
 *  by?: Author,
 *  tab?: string,
 *  at: number | null,
 * }} ChangeMessage
 */

export class MalformedMessage extends Error {}

function check(condition, what) {
    if (!condition) {
        throw new MalformedMessage(what);
    }
}

const isObject = (value) =>
    value !== null && typeof value === "object" && !Array.isArray(value);

function readIds(payload, key) {
    const ids = payload[key] ?? [];
    check(Array.isArray(ids) && ids.every((id) => Number.isInteger(id) && id > 0), key);
    return ids;
}

function readUpdate(entry) {
    check(isObject(entry), "update");
    const {diff = {}, stale = []} = entry;
    check(isObject(diff), "diff");
    check(
        Object.values(diff).every((pair) => Array.isArray(pair) && pair.length === 2),
        "diff"
    );
    check(Array.isArray(stale) && stale.every((f) => typeof f === "string"), "stale");
    return {ids: readIds(entry, "ids"), diff, stale};
}

function readAuthor(by) {
    const known = isObject(by) && Number.isInteger(by.id);
    return known ? {id: by.id, name: String(by.name ?? "")} : undefined;
}

/**
 * @param {any} payload as it came from the bus
 * @returns {ChangeMessage | null} null for a tombstone
 * @throws {MalformedMessage}
 */
export function readMessage(payload) {
    if (!payload || (isObject(payload) && !Object.keys(payload).length)) {
        return null;
    }
    check(isObject(payload), "payload");
    const {v, model, room, by, tab, at} = payload;
    check(Number.isInteger(v) && v >= 1, "v");
    check(typeof model === "string" && model, "model");
    check(room === undefined || typeof room === "string", "room");
    const time = typeof at === "string" ? Date.parse(at) : NaN;
    const message = {
        model,
        room,
        update: [],
        create: [],
        unlink: [],
        enter: [],
        leave: [],
        refresh: payload.refresh === true,
        by: readAuthor(by),
        tab: typeof tab === "string" ? tab : undefined,
        at: Number.isNaN(time) ? null : time,
    };
    if (v > MESSAGE_VERSION) {
        // A server newer than this page: all that is safe to say is "look again".
        return {...message, refresh: true};
    }
    const updates = payload.update ?? [];
    check(Array.isArray(updates), "update");
    message.update = updates.map(readUpdate);
    for (const key of ["create", "unlink", "enter", "leave"]) {
        message[key] = readIds(payload, key);
    }
    return message;
}

/**
 * What is left for the tab that made the change: it shows its own values already,
 * but it may have changed what its user is allowed to see.
 *
 * @param {ChangeMessage} message
 * @returns {ChangeMessage | null}
 */
export function forOwnTab(message) {
    if (!message.enter.length && !message.leave.length) {
        return null;
    }
    return {...message, update: [], create: [], unlink: [], refresh: false};
}

/**
 * @param {ChangeMessage} message
 * @param {{resModel: string, room?: string}} followed
 * @returns {boolean} whether it is said there
 */
export function isSaidIn(message, {resModel, room}) {
    // What is said in a room is said to the followers of the whole model too.
    const isHere =
        message.room === EVERY_ROOM
            ? Boolean(room)
            : (room || "") === (message.room || "");
    return isHere && resModel === message.model;
}
