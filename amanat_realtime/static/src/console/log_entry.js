import {_t} from "@web/core/l10n/translation";

/**
 * @typedef {{
 *  id: number,
 *  type: string,
 *  model: string,
 *  ids: number[],
 *  text: string,
 *  author: string,
 *  size: number,
 *  latency: number | null,
 *  receivedAt: number,
 *  json: string,
 * }} LogEntry `size`: bytes of the payload; `latency`: milliseconds from the begin of
 *  the transaction, by two clocks
 */

const MAX_FIELDS = 3;
const CHANGED = ["create", "unlink", "enter", "leave"];
const encoder = new TextEncoder();

const listOf = (value) => (Array.isArray(value) ? value : []);
const parts = (...texts) => texts.filter(Boolean).map(String).join(", ");

function namesOf(updates) {
    const names = updates.flatMap(({diff, stale}) => [
        ...Object.keys(diff || {}),
        ...listOf(stale),
    ]);
    const unique = [...new Set(names)];
    const shown = unique.slice(0, MAX_FIELDS).join(", ");
    return unique.length > MAX_FIELDS ? `${shown}…` : shown;
}

function changesText({refresh, update, ...lists}) {
    if (refresh) {
        return _t("Many changes: views read again");
    }
    const updates = listOf(update);
    const count = updates.reduce((sum, {ids}) => sum + listOf(ids).length, 0);
    const of = (key) => listOf(lists[key]).length;
    return parts(
        count &&
            _t("%(count)s changed (%(fields)s)", {count, fields: namesOf(updates)}),
        of("create") && _t("%s created", of("create")),
        of("unlink") && _t("%s deleted", of("unlink")),
        of("enter") && _t("%s came into sight", of("enter")),
        of("leave") && _t("%s went out of sight", of("leave"))
    );
}

function placeText({id, field, state}) {
    if (field) {
        return _t("edits %(field)s of #%(id)s", {field, id});
    }
    if (id) {
        return state === "editing" ? _t("edits #%s", id) : _t("is in #%s", id);
    }
    return _t("is in the list");
}

const presenceText = ({places}) =>
    parts(...listOf(places).map(placeText)) || _t("is not here any more");

const notificationText = ({action, extra}) =>
    parts(action, typeof extra?.text === "string" && extra.text);

const progressText = ({name, done, total}) => parts(name, `${done} / ${total || "?"}`);

const TEXTS = {
    changes: changesText,
    presence: presenceText,
    notification: notificationText,
    ask: ({field}) => _t("asks to edit %s", field),
    answer: ({granted}) =>
        granted ? _t("lets go of the field") : _t("goes on editing"),
    progress: progressText,
};

function textOf(type, payload) {
    if (!Object.keys(payload).length) {
        return _t("Something that you may not know of");
    }
    return TEXTS[type]?.(payload) || "";
}

function idsOf({ids, id, update, places, ...lists}) {
    const found = [
        ...listOf(ids),
        ...[...listOf(update), ...CHANGED.map((key) => ({ids: lists[key]}))].flatMap(
            (part) => listOf(part.ids)
        ),
        ...[id, ...listOf(places).map((place) => place.id)].filter(Boolean),
    ];
    return [...new Set(found)];
}

function authorOf({by, user, from}) {
    const author = by || user || from?.user;
    return String(author?.name || "");
}

function latencyOf({at}, now) {
    const latency = now - Date.parse(at);
    // Below zero the clock of the server is ahead of this one.
    return latency >= 0 ? latency : null;
}

let lastId = 0;

/**
 * @param {string} type without our prefix
 * @param {any} payload as it came
 * @param {number} now
 * @returns {LogEntry}
 */
export function makeEntry(type, payload, now = Date.now()) {
    const content = payload && typeof payload === "object" ? payload : {};
    const json = JSON.stringify(payload ?? null);
    return {
        id: ++lastId,
        type,
        model: String(content.model || ""),
        ids: idsOf(content),
        text: String(textOf(type, content)),
        author: authorOf(content),
        size: encoder.encode(json).length,
        latency: latencyOf(content, now),
        receivedAt: now,
        json,
    };
}
