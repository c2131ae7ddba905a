import {baseOf} from "./base_values";

const valueOf = (property) => JSON.stringify(property?.value ?? false);

function byName(properties) {
    return new Map((properties || []).map((property) => [property.name, property]));
}

/**
 * Properties are saved together, but each is a value of its own: what others changed in
 * those that the person did not touch is taken over into what they are about to save.
 *
 * @param {object} record with a local change of the field
 * @param {string} fieldName
 * @param {object[]} theirs parsed
 * @returns {boolean} whether the same property was changed on both sides
 */
export function mergeProperties(record, fieldName, theirs) {
    const base = byName(baseOf(record, fieldName));
    const stored = byName(theirs);
    let contested = false;
    const merged = (record._changes[fieldName] || []).map((mine) => {
        const their = stored.get(mine.name);
        const original = base.get(mine.name);
        if (!their || valueOf(their) === valueOf(original)) {
            return mine;
        }
        if (valueOf(mine) !== valueOf(original)) {
            contested = contested || valueOf(mine) !== valueOf(their);
            return mine;
        }
        takePart(record, `${fieldName}.${mine.name}`, their.value);
        return {...mine, value: their.value};
    });
    record._changes[fieldName] = merged;
    record.data[fieldName] = merged;
    return contested;
}

function takePart(record, name, value) {
    if (name in record._changes) {
        record._changes[name] = value;
        record.data[name] = value;
    }
}
