import {roomOf} from "../core/room_of";

/**
 * @param {object} model of a form
 * @returns {{model: string, room?: string, id?: number}} what people are told about who
 *  are in this record
 */
export function scopeOfForm(model) {
    const {root} = model;
    const {resModel, resId, context} = root;
    return {
        model: resModel,
        room: roomOf(model, context),
        id: resId || undefined,
    };
}
