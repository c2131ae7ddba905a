import {browser} from "@web/core/browser/browser";
import {toRaw} from "@odoo/owl";

const guarded = new Map();

/**
 * A list that is drawn again while one of its rows is in edition takes the focus back
 * to that row. When we made it draw, the focus stays where the person has it.
 *
 * @param {object} model
 */
export function guardFocus(model) {
    const raw = toRaw(model);
    const token = {};
    guarded.set(raw, token);
    const end = () => guarded.get(raw) === token && guarded.delete(raw);
    const nextFrame = (fn) => browser.requestAnimationFrame(fn);
    // Two frames draw the patch, the renderer looks at the focus after that. Who knows
    // that it takes longer guards it again.
    nextFrame(() => nextFrame(() => nextFrame(end)));
}

export function isFocusGuarded(model) {
    return guarded.has(toRaw(model));
}
