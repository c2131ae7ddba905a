import {_t} from "@web/core/l10n/translation";
import {authorName, fieldLabel, valueText} from "../views/value_text";
import {conflictOf} from "./field_conflict";

const {DateTime} = luxon;

/**
 * @typedef {import("../core/message").Author} Author
 * @typedef {{
 *  key: string,
 *  label: string,
 *  original: string,
 *  mine: string,
 *  theirs: string,
 *  by?: Author,
 *  at?: number | null,
 *  deleted?: boolean,
 * }} DialogEntry texts ready to show
 */

const isToday = (time) => time.hasSame(DateTime.local(), "day");
const clock = (time) => time.toLocaleString(DateTime.TIME_SIMPLE);

/**
 * @param {Author} [by]
 * @param {number | null} [at] milliseconds since 1970
 * @returns {string} "Marc Demo at 10:11", "Marc Demo yesterday"
 */
export function whoAndWhen(by, at) {
    const author = authorName(by);
    if (!at) {
        return author;
    }
    const time = DateTime.fromMillis(at);
    return isToday(time)
        ? String(_t("%(author)s at %(time)s", {author, time: clock(time)}))
        : String(_t("%(author)s %(when)s", {author, when: time.toRelativeCalendar()}));
}

/** @returns {string} the moment in full, or "" */
export function fullTime(at) {
    return at ? DateTime.fromMillis(at).toLocaleString(DateTime.DATETIME_MED) : "";
}

function emptiedText({by, at}) {
    const author = authorName(by);
    if (!at) {
        return _t("%(author)s emptied this", {author});
    }
    const time = DateTime.fromMillis(at);
    return isToday(time)
        ? _t("%(author)s emptied this at %(time)s", {author, time: clock(time)})
        : _t("%(author)s emptied this %(when)s", {
              author,
              when: time.toRelativeCalendar(),
          });
}

function changedText({by, at}, theirs) {
    const author = authorName(by);
    if (!at) {
        return _t("%(author)s changed this to “%(theirs)s”", {author, theirs});
    }
    const time = DateTime.fromMillis(at);
    return isToday(time)
        ? _t("%(author)s changed this to “%(theirs)s” at %(time)s", {
              author,
              theirs,
              time: clock(time),
          })
        : _t("%(author)s changed this to “%(theirs)s” %(when)s", {
              author,
              theirs,
              when: time.toRelativeCalendar(),
          });
}

/** @returns {any} what the person has now: typing may have gone on since */
export function mineOf(record, fieldName) {
    return fieldName in record._changes
        ? record.data[fieldName]
        : conflictOf(record, fieldName)?.mine;
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @param {object} [fieldInfo] node of the view
 * @returns {string} who changed it to what, and when
 */
export function conflictText(record, fieldName, fieldInfo) {
    const conflict = conflictOf(record, fieldName);
    const theirs = valueText(record, fieldName, conflict.theirs, {
        emptyText: "",
        fieldInfo,
    });
    return String(theirs ? changedText(conflict, theirs) : emptiedText(conflict));
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @param {object} [fieldInfo] node of the view
 * @returns {DialogEntry} one of `ConflictDialog`; its key is the name of the field
 */
export function dialogEntry(record, fieldName, fieldInfo) {
    const {base, theirs, by, at} = conflictOf(record, fieldName);
    const text = (value) =>
        valueText(record, fieldName, value, {maxLength: Infinity, fieldInfo});
    return {
        key: fieldName,
        label: fieldLabel(record, fieldName),
        original: text(base),
        mine: text(mineOf(record, fieldName)),
        theirs: text(theirs),
        by,
        at,
    };
}
