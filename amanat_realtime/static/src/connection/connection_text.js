import {_t} from "@web/core/l10n/translation";
import {closeReason} from "./close_reason";
import {POLL_INTERVAL} from "./poller";

/** @typedef {import("./connection").Connection} Connection */

const {DateTime} = luxon;
const SECOND = 1000;

/** @param {Connection} connection */
export function stateLabel({state, offlineReason}) {
    switch (state) {
        case "live":
            return _t("Live");
        case "reconnecting":
            return _t("Reconnecting");
        case "polling":
            return _t("Polling");
        case "offline":
            return offlineReason === "session" ? _t("Session ended") : _t("Offline");
    }
    return _t("Live updates");
}

function offlineSentence(reason) {
    switch (reason) {
        case "session":
            return _t("Nothing new is shown until you reload the page and log in.");
        case "network":
            return _t("This device has no network.");
    }
    return _t("The server cannot be reached.");
}

/** @param {Connection} connection */
export function stateSentence({state, offlineReason}) {
    switch (state) {
        case "live":
            return _t("What others save is shown at once.");
        case "reconnecting":
            return _t("What others save is shown when the connection is back.");
        case "polling":
            return _t(
                "There is no live connection: what others save is asked for every %(seconds)s seconds.",
                {seconds: POLL_INTERVAL / SECOND}
            );
        case "offline":
            return offlineSentence(offlineReason);
    }
    return _t("No live view was opened yet.");
}

/** @param {Connection} connection */
export function heardText({heardAt}) {
    const time = heardAt && DateTime.fromMillis(heardAt).toRelative();
    return time ? _t("Last heard from the server %(time)s.", {time}) : "";
}

/** @param {Connection} connection */
export function nextTryText({isTrying, nextTryAt, attempt}) {
    if (isTrying) {
        return _t("Attempt %(attempt)s is being made.", {attempt});
    }
    if (nextTryAt === null || !attempt) {
        return "";
    }
    const seconds = Math.max(Math.ceil((nextTryAt - Date.now()) / SECOND), 0);
    return _t("Attempt %(attempt)s in about %(seconds)s seconds.", {attempt, seconds});
}

/** @param {Connection} connection */
export function errorText({closed}) {
    return closed ? _t("Last error: %(reason)s.", {reason: closeReason(closed)}) : "";
}
