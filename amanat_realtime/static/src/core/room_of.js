import {toRaw} from "@odoo/owl";

/**
 * @param {object} model of a view
 * @param {object} [context] of the view
 * @returns {string | undefined} the room that the view asks for
 */
export function roomOf(model, context) {
    // A dialog inherits the context, so the room, of the action under it.
    return (!model.env.inDialog && toRaw(context)?.amanat_realtime_room) || undefined;
}
