import {queryAll, queryAllTexts} from "@odoo/hoot-dom";

const plain = (text) => text.replace(/\s+/g, " ").trim();

function plainValue(value) {
    if (value?.isLuxonDateTime) {
        return value.toISO();
    }
    if (value?._currentIds) {
        return {count: value.count, records: value.records.map(pictureOfRecord)};
    }
    return value;
}

function pictureOfRecord(record) {
    const fieldNames = Object.keys(record.activeFields).sort();
    return {
        id: record.resId,
        ...Object.fromEntries(fieldNames.map((f) => [f, plainValue(record.data[f])])),
    };
}

/** Core counts all records of a group that its progress bar narrows, or those it shows. */
function pictureOfGroup({config, list}) {
    const picture = pictureOfList(list);
    return config.extraDomain ? {...picture, count: null} : picture;
}

function pictureOfList(list) {
    if (!list.isGrouped) {
        const {count, offset, limit, hasLimitedCount} = list;
        const records = list.records.map(pictureOfRecord);
        return {count, offset, limit, hasLimitedCount, records};
    }
    // Groups that became empty are dropped by some loads only: they are no promise.
    const groups = list.groups
        .filter(({count: size}) => size)
        .map((group) => ({
            value: plainValue(group.serverValue),
            name: group.displayName,
            count: group.count,
            aggregates: {...group.aggregates},
            ...(group.isFolded ? {isFolded: true} : {list: pictureOfGroup(group)}),
        }));
    return {groups};
}

const texts = (selector) => queryAllTexts(selector).map(plain);

function pictureOfColumn(column) {
    const cards = texts(column.querySelectorAll(".o_kanban_record"));
    const title = plain(column.querySelector(".o_column_title").textContent);
    const counter = column.querySelector(".o_animated_number");
    const bars = [...column.querySelectorAll(".progress-bar")].map(
        (bar) => `${bar.className} ${bar.getAttribute("aria-valuenow")}`
    );
    const isFolded = column.classList.contains("o_column_folded");
    const isEmpty = !cards.length && !isFolded;
    return isEmpty ? null : {title, counter: counter?.textContent, bars, cards};
}

/** What the person sees, without what is there for a moment only. */
function pictureOfScreen() {
    return {
        rows: texts(".o_list_table tbody tr:is(.o_data_row, .o_group_header)").filter(
            (text) => !/ \(0\)/.test(text)
        ),
        selected: queryAll(".o_data_row_selected, .o_record_selected").length,
        edited: queryAll(".o_selected_row").length,
        marked: queryAll(".o_amanat_gone, .o_amanat_leaving").length,
        footer: texts(".o_list_table tfoot td"),
        pager: texts(".o_pager_value, .o_pager_limit"),
        cards: texts(".o_kanban_ungrouped .o_kanban_record:not(.o_kanban_ghost)"),
        columns: queryAll(".o_kanban_group").map(pictureOfColumn).filter(Boolean),
        fields: queryAll(".o_form_view .o_field_widget").map(
            (el) =>
                `${el.getAttribute("name")}: ${plain(el.textContent)} ` +
                [...el.querySelectorAll("input, textarea")].map(({value}) => value)
        ),
    };
}

const pictureOfRoot = (root) =>
    root.config.isMonoRecord ? pictureOfRecord(root) : pictureOfList(root);

/**
 * @param {object} model relational model on screen
 * @param {{ignoresOrder?: boolean}} [options]
 */
export function pictureOf(model, {ignoresOrder} = {}) {
    const data = pictureOfRoot(model.root);
    const screen = pictureOfScreen();
    if (ignoresOrder) {
        data.records.sort((a, b) => a.id - b.id);
        screen.rows.sort();
    }
    return JSON.parse(JSON.stringify({data, screen}));
}

const isObject = (value) => value !== null && typeof value === "object";

/** @returns {string[]} where two pictures differ */
export function differences(actual, expected, path = "") {
    if (!isObject(actual) || !isObject(expected)) {
        return Object.is(actual, expected)
            ? []
            : [
                  `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`,
              ];
    }
    const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    return [...keys].flatMap((key) =>
        differences(actual[key], expected[key], path ? `${path}.${key}` : key)
    );
}
