/** @typedef {import("../core/message").ChangeMessage} ChangeMessage */

const ENDINGS = ["create", "unlink", "enter", "leave"];

/** Ids up to the one that fills the room, and those after it. */
function splitIds(ids, room, isShown) {
    let count = 0;
    const end = ids.findIndex((id) => isShown(id) && ++count === room);
    const isWhole = end === -1 || end === ids.length - 1;
    return {
        taken: isWhole ? ids : ids.slice(0, end + 1),
        rest: isWhole ? [] : ids.slice(end + 1),
        count,
    };
}

/**
 * @param {ChangeMessage} message
 * @param {number} room
 * @param {(id: number) => boolean} isShown
 * @returns {{part: ChangeMessage, rest: ChangeMessage | null, count: number}} `part`:
 *  what is said of so many records on screen; a record is in one entry only, so that
 *  the order of the entries says nothing
 */
function split(message, room, isShown) {
    const update = [];
    let count = 0;
    for (const [i, entry] of message.update.entries()) {
        if (count >= room) {
            return cut(message, update, message.update.slice(i), count);
        }
        const ids = splitIds(entry.ids, room - count, isShown);
        count += ids.count;
        update.push({...entry, ids: ids.taken});
        if (ids.rest.length) {
            const later = [{...entry, ids: ids.rest}, ...message.update.slice(i + 1)];
            return cut(message, update, later, count);
        }
    }
    const ending = ENDINGS.flatMap((key) => message[key]).filter(isShown);
    return {part: message, rest: null, count: count + ending.length};
}

function cut(message, update, later, count) {
    const nothing = Object.fromEntries(ENDINGS.map((key) => [key, []]));
    return {
        part: {...message, ...nothing, refresh: false, update},
        rest: {...message, update: later},
        count,
    };
}

/**
 * Take from a queue, in order, what is about so many records on screen; the others cost
 * next to nothing.
 *
 * @param {ChangeMessage[]} queue what is left stays in it
 * @param {number} size
 * @param {(id: number) => boolean} isShown
 * @returns {ChangeMessage[]}
 */
export function takeSlice(queue, size, isShown) {
    const taken = [];
    let room = size;
    while (queue.length && room > 0) {
        const {part, rest, count} = split(queue.shift(), room, isShown);
        taken.push(part);
        room -= count;
        if (rest) {
            queue.unshift(rest);
            break;
        }
    }
    return taken;
}
