import {toRaw} from "@odoo/owl";
import {KeepLast, Race} from "@web/core/utils/concurrency";

/**
 * A stand-in for a report's model that reads what the model would read, but aside:
 * what it sets stays in it, it shows no loading indicator, draws nothing, and is no
 * rival to what the person has the model load meanwhile.
 *
 * @param {object} model graph, pivot, calendar or activity model, subclasses included
 * @param {object} orm service
 */
export function quietCopy(model, orm) {
    const raw = toRaw(model);
    const own = {
        orm: orm.silent,
        keepLast: new KeepLast(),
        race: new Race(),
        notify: () => undefined,
    };
    const inherited = Object.getPrototypeOf(raw);
    for (const [name, value] of Object.entries(raw)) {
        // Bound to the model itself, to take part in its races.
        if (typeof value === "function" && typeof inherited[name] === "function") {
            own[name] = inherited[name];
        }
    }
    return Object.create(
        raw,
        Object.fromEntries(
            Object.entries(own).map(([name, value]) => [name, {value, writable: true}])
        )
    );
}

/**
 * @param {object} copy
 * @returns {object} what was read into it
 */
export const writtenTo = (copy) => Object.fromEntries(Object.entries(copy));
