import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** @typedef {import("../core/message").Author} Author */

const MAX_LENGTH = 80;

export function authorName(by) {
    return by?.name || _t("somebody else");
}

function plainText(html) {
    return new DOMParser().parseFromString(String(html), "text/html").body.textContent;
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @param {any} value parsed value
 * @returns {string} what a person would call the value, never markup
 */
export function valueText(record, fieldName, value) {
    const field = record.fields[fieldName];
    let text = "";
    if (field.type === "html") {
        text = plainText(value || "");
    } else if (typeof value === "string" && field.type !== "selection") {
        text = value;
    } else {
        const format = registry.category("formatters").get(field.type, String);
        text = String(format(value, {field, data: record.data}) ?? "");
    }
    return text.length > MAX_LENGTH
        ? `${text.slice(0, MAX_LENGTH)}…`
        : text || _t("empty");
}

/**
 * @param {object} notification service
 * @param {{record: object, fieldName: string, theirs: any, mine: any, by?: Author}} params
 */
export function warnOfConflict(notification, {record, fieldName, theirs, mine, by}) {
    const {string: label} = record.activeFields[fieldName].string
        ? record.activeFields[fieldName]
        : record.fields[fieldName];
    const message = _t(
        "%(author)s changed “%(field)s” while you were changing it. Theirs: %(theirs)s. Yours: %(mine)s.",
        {
            author: authorName(by),
            field: label || fieldName,
            theirs: valueText(record, fieldName, theirs),
            mine: valueText(record, fieldName, mine),
        }
    );
    notification.add(String(message), {type: "warning"});
}

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
