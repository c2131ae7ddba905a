import {toRaw} from "@odoo/owl";

/**
 * @param {object} model of a form
 * @returns {{model: string, room?: string, id?: number}} what people are told about who
 *  are in this record
 */
export function scopeOfForm(model) {
    const {root, env} = model;
    const {resModel, resId, context} = root;
    return {
        model: resModel,
        room: env.inDialog ? undefined : toRaw(context).amanat_realtime_room,
        id: resId || undefined,
    };
}
