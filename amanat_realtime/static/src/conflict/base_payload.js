import {x2ManyCommands} from "@web/core/orm_service";
import {isX2many} from "../model/record_diff";
import {baseOf} from "./base_values";
import {isRemoval} from "./line_list";

const {UPDATE} = x2ManyCommands;
const WITHOUT_BASE = ["id", "create_date", "create_uid", "write_date", "write_uid"];

/** Fields of a line that somebody else may have worked on, so that must not be deleted. */
function comparableFields(line) {
    return Object.keys(line.amanatBases).filter((fieldName) => {
        const field = line.fields[fieldName];
        return (
            fieldName in line.activeFields &&
            !WITHOUT_BASE.includes(fieldName) &&
            !field.readonly &&
            !["one2many", "binary", "properties"].includes(field.type)
        );
    });
}

function basesOfFields(record, fieldNames) {
    // The order of lines is nobody's work: asking about it would help nobody.
    const asked = fieldNames.filter(
        (f) => !record.activeFields[f]?.isHandle && baseOf(record, f) !== undefined
    );
    return Object.fromEntries(asked.map((f) => [f, formatBase(record, f)]));
}

function formatBase(record, fieldName) {
    return record._formatServerValue(
        record.fields[fieldName].type,
        baseOf(record, fieldName)
    );
}

/** Members that are changed in place are compared like lines. */
function membersPayload(record, fieldName, commands) {
    const changed = linesPayload(
        record.data[fieldName],
        commands.filter(([code]) => code === UPDATE)
    );
    return baseOf(record, fieldName).map(({id}) =>
        changed[id] ? {...changed[id], id} : id
    );
}

function linesPayload(list, commands) {
    const payload = {};
    for (const command of commands) {
        const [code, id, values] = command;
        const line = typeof id === "number" ? list._cache[id] : null;
        if (line && code === UPDATE && values) {
            payload[id] = basePayload(line, values);
        } else if (line && isRemoval(command)) {
            payload[id] = basesOfFields(line, comparableFields(line));
        }
    }
    return payload;
}

/**
 * @param {object} record
 * @param {Record<string, any>} changes as they are sent to the server
 * @returns {Record<string, any>} what they started from, in web_read format
 */
export function basePayload(record, changes) {
    const fieldNames = Object.keys(changes).filter(
        (f) => f in record.fields && !WITHOUT_BASE.includes(f)
    );
    const ofType = (type) => (f) => record.fields[f].type === type;
    const payload = basesOfFields(
        record,
        fieldNames.filter((f) => !isX2many(record.fields[f]))
    );
    for (const fieldName of fieldNames.filter(ofType("one2many"))) {
        payload[fieldName] = linesPayload(record.data[fieldName], changes[fieldName]);
    }
    for (const fieldName of fieldNames.filter(ofType("many2many"))) {
        payload[fieldName] = membersPayload(record, fieldName, changes[fieldName]);
    }
    return payload;
}
