import {formatList} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";

/**
 * @typedef {{
 *  key: string,
 *  recordKey: string,
 *  recordName: string,
 *  label: string,
 *  authors: string[],
 *  oldText?: string,
 *  newText: string,
 *  mineText?: string,
 * }} ToastEntry everything in it is text that is ready to be shown; `oldText` is left
 *  out where nobody knows it, `mineText` is there in a conflict
 *
 * @typedef {{title: string, lines: string[]}} ToastText
 */

const MAX_AUTHORS = 3;

function authorsText(authors) {
    const shown = authors.slice(0, MAX_AUTHORS);
    const count = authors.length - shown.length;
    return formatList(
        count ? [...shown, _t("%(count)s more", {count}).toString()] : shown
    );
}

function changedField({authors, label, recordName}) {
    return _t("%(author)s changed “%(field)s” of %(record)s", {
        author: authorsText(authors),
        field: label,
        record: recordName,
    }).toString();
}

function whatChanged(entries) {
    const [first] = entries;
    const author = authorsText([...new Set(entries.flatMap(({authors}) => authors))]);
    const count = new Set(entries.map((entry) => entry.recordKey)).size;
    return count > 1
        ? _t("%(author)s changed %(count)s records", {author, count})
        : _t("%(author)s changed %(count)s fields of %(record)s", {
              author,
              count: entries.length,
              record: first.recordName,
          });
}

/**
 * @param {ToastEntry[]} entries
 * @returns {ToastText}
 */
export function changeText(entries) {
    const title = _t("Update from another person").toString();
    if (entries.length > 1) {
        return {title, lines: [whatChanged(entries).toString()]};
    }
    const [{oldText, newText}] = entries;
    const values =
        oldText === undefined
            ? newText
            : _t("%(old)s → %(new)s", {old: oldText, new: newText}).toString();
    return {title, lines: [changedField(entries[0]), values]};
}

/**
 * @param {ToastEntry[]} entries
 * @returns {ToastText}
 */
export function conflictText([first, ...others]) {
    const lines = [
        changedField(first),
        _t("Your value: %(value)s", {value: first.mineText}),
        _t("Value of %(author)s: %(value)s", {
            author: first.authors.at(-1),
            value: first.newText,
        }),
    ];
    if (others.length) {
        lines.push(_t("and %(count)s more", {count: others.length}));
    }
    lines.push(_t("Choose at the field which one to keep."));
    return {title: _t("Editing conflict").toString(), lines: lines.map(String)};
}
