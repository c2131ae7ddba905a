import {_t} from "@web/core/l10n/translation";

/** @typedef {import("./people").Present} Present */

/**
 * @param {{state: string, id?: number, record?: string, field?: string}} what
 *  `record`: its name, `field`: its label, as far as the view knows them
 * @returns {string} what somebody does, without a name
 */
function doing({state, id, record, field}) {
    switch (state) {
        case "saved":
            return String(_t("has just saved it: your copy was updated"));
        case "idle":
            return String(_t("is looking at something else"));
        case "viewing":
            if (record) {
                return String(_t("has %(record)s open", {record}));
            }
            return String(id ? _t("has it open") : _t("is here"));
    }
    if (record && field) {
        return String(_t("is editing %(field)s of %(record)s", {field, record}));
    }
    return String(
        field || record
            ? _t("is editing %(what)s", {what: field || record})
            : _t("is editing")
    );
}

/**
 * @param {Present} person
 * @param {{
 *  recordName?: (id: number) => string,
 *  fieldLabel?: (fieldName: string) => string,
 * }} [names] as far as the view knows them
 * @returns {string} what the person does, without their name
 */
export function activityText({state, tabs}, {recordName, fieldLabel} = {}) {
    const {id, field} = tabs[0]?.place || {};
    return doing({
        state,
        id,
        record: id && recordName?.(id),
        field: field && fieldLabel?.(field),
    });
}

/**
 * @param {Present} person
 * @param {object} [names] see `activityText`
 */
export function personText(person, names) {
    const {name} = person.user;
    return String(
        _t("%(person)s %(activity)s", {
            person: name,
            activity: activityText(person, names),
        })
    );
}

/** @param {Present[]} people */
export const namesText = (people) => people.map(({user}) => user.name).join(", ");
