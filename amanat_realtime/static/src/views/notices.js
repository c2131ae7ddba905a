import {_t} from "@web/core/l10n/translation";

/**
 * @param {import("../model/departures").Reason} reason
 * @returns {string}
 */
export function goneText({by, deleted, elsewhere, unavailable}) {
    if (elsewhere) {
        return _t("This record no longer matches this list").toString();
    }
    if (unavailable) {
        return _t("This record is no longer available").toString();
    }
    if (!deleted) {
        return _t("You no longer have access to this record").toString();
    }
    return by?.name
        ? _t("This record was deleted by %(author)s", {author: by.name}).toString()
        : _t("This record was deleted").toString();
}

/**
 * The same in a few words, for a label on a row or card.
 *
 * @param {import("../model/departures").Reason} reason
 * @returns {string}
 */
export function goneLabel({by, deleted, elsewhere, unavailable}) {
    if (elsewhere) {
        return _t("No longer matches").toString();
    }
    if (unavailable) {
        return _t("No longer available").toString();
    }
    if (!deleted) {
        return _t("No longer accessible").toString();
    }
    return by?.name
        ? _t("Deleted by %(author)s", {author: by.name}).toString()
        : _t("Deleted").toString();
}
