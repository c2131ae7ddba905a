import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** @typedef {import("../core/message").Author} Author */

const MAX_LENGTH = 80;
const MAX_NAMES = 5;
const BLOCKS = "p, div, li, tr, blockquote, pre, h1, h2, h3, h4, h5, h6, ul, ol, table";
const NAME_FIELDS = ["display_name", "name"];

/**
 * @param {Author} [by]
 * @returns {string}
 */
export function authorName(by) {
    return by?.name || String(_t("somebody else"));
}

/**
 * @param {object} record
 * @returns {string} its name, as far as the view has it
 */
export function recordName(record) {
    return record.data.display_name || record.data.name || "";
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @returns {string}
 */
export function fieldLabel(record, fieldName) {
    return record.fields[fieldName]?.string || fieldName;
}

/**
 * @param {string} html
 * @returns {string} its text, lines where a reader sees lines
 */
export function plainText(html) {
    const {body} = new DOMParser().parseFromString(String(html), "text/html");
    body.querySelectorAll("br").forEach((el) => el.replaceWith("\n"));
    body.querySelectorAll("li").forEach((el) => el.prepend("• "));
    body.querySelectorAll(BLOCKS).forEach((el) => {
        el.before("\n");
        el.append("\n");
    });
    return body.textContent
        .replace(/[^\S\n]*\n[^\S\n]*/g, "\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim();
}

function nameOf(member) {
    if (typeof member !== "object") {
        return `#${member}`;
    }
    // A datapoint has its name in its data, what the server sent has it at once.
    const data = member.data || member;
    const name = NAME_FIELDS.map((f) => data[f]).find(Boolean);
    const text = Object.values(data).find((v) => typeof v === "string" && v);
    return name || (member.data && text) || (member.id ? `#${member.id}` : "");
}

function namesText(value, maxNames) {
    const members = value.records || value;
    const count = value.records ? value.count : value.length;
    const names = members.slice(0, maxNames).map(nameOf);
    const rest = count - names.length;
    return [...names, ...(rest > 0 ? [`+${rest}`] : [])].join(", ");
}

/** @returns {{id: any, display_name: string}} also of [id, name] */
function named(pair) {
    return Array.isArray(pair) ? {id: pair[0], display_name: pair[1]} : pair;
}

function propertyText(property) {
    const {type, value, tags = []} = property;
    if (type === "boolean") {
        return booleanText(value);
    }
    if (!value && value !== 0) {
        return "";
    }
    if (type === "tags") {
        const label = (tag) => tags.find(([key]) => key === tag)?.[1] || tag;
        return value.map(label).join(", ");
    }
    if (type === "many2many") {
        return namesText(value.map(named), Infinity);
    }
    if (type === "many2one") {
        return nameOf(named(value));
    }
    return typeof value === "string" && type !== "selection"
        ? value
        : formatted(property, type, value, {});
}

function propertiesText(properties, separator) {
    return properties
        .filter(({type}) => type !== "separator")
        .map((property) => [property.string || property.name, propertyText(property)])
        .filter(([, text]) => text)
        .map(([name, text]) => `${name}: ${text}`)
        .join(separator);
}

function booleanText(value) {
    return String(value ? _t("Yes") : _t("No"));
}

/** As the view shows it: the widget may have a format of its own. */
function formatted(field, type, value, data, fieldInfo) {
    const formatters = registry.category("formatters");
    const widget = type === "float" || type === "integer" ? fieldInfo?.widget : null;
    const format = formatters.get(widget, null) || formatters.get(type, String);
    const options = fieldInfo?.options ? format.extractOptions?.(fieldInfo) : {};
    return String(format(value, {...options, field, data}) ?? "");
}

function fullText(record, fieldName, value, {isWhole, fieldInfo}) {
    const field = record.fields[fieldName];
    switch (field.type) {
        case "boolean":
            return booleanText(value);
        case "html":
            return plainText(value || "");
        case "one2many":
        case "many2many":
            return value ? namesText(value, isWhole ? Infinity : MAX_NAMES) : "";
        case "properties":
            return propertiesText(value || [], isWhole ? "\n" : ", ");
        case "binary":
            return value ? formatted(field, field.type, value, record.data) : "";
        case "selection":
            return (
                formatted(field, field.type, value, record.data) || String(value || "")
            );
    }
    const isTyped = typeof value === "string" && field.type !== "char";
    return isTyped
        ? value
        : formatted(field, field.type, value ?? false, record.data, fieldInfo);
}

/**
 * @param {string} text
 * @param {number} [maxLength] in characters
 * @returns {string} on one line
 */
export function shortened(text, maxLength = MAX_LENGTH) {
    const characters = [...text.replace(/\s+/g, " ").trim()];
    return characters.length > maxLength
        ? `${characters.slice(0, maxLength).join("")}…`
        : characters.join("");
}

/**
 * @param {object} record
 * @param {string} fieldName
 * @param {any} value parsed value, text as it was typed, or for relations to many an
 *  array of `{id, display_name}` or the list of the record
 * @param {object} [options]
 * @param {number} [options.maxLength] in characters, on one line; with `Infinity` all of
 *  the text, with its lines
 * @param {string} [options.emptyText] what stands for no value
 * @param {object} [options.fieldInfo] node of the view, for formats of its widget
 * @returns {string} what a person would call the value, never markup
 */
export function valueText(
    record,
    fieldName,
    value,
    {maxLength = MAX_LENGTH, emptyText, fieldInfo} = {}
) {
    const isWhole = maxLength === Infinity;
    const text = fullText(record, fieldName, value, {isWhole, fieldInfo});
    const shown = isWhole ? text : shortened(text, maxLength);
    return shown || (emptyText ?? String(_t("empty")));
}
