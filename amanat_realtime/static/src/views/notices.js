import {_t} from "@web/core/l10n/translation";

/**
 * @param {import("../model/departures").Reason} reason
 * @returns {string}
 */
export function goneText({by, deleted, elsewhere, unavailable}) {
    if (elsewhere) {
        return _t("This record is no longer part of this list").toString();
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
