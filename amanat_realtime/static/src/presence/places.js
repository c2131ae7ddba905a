import {toRaw} from "@odoo/owl";
import {roomOf} from "../core/room_of";
import {isForm} from "../model/datapoints";
import {editedPlace} from "./edited_place";
import {isPresenceOn} from "./presence_switch";

/**
 * @typedef {{
 *  model: string,
 *  room?: string,
 *  id?: number,
 *  field?: string,
 *  state: "viewing" | "editing" | "idle",
 *  typing?: true,
 * }} Place where a person is, as the server is told it
 */

export const MAX_PLACES = 20;

function isOfView(model, component) {
    const {Model} = component?.props || {};
    return Boolean(Model && model instanceof Model);
}

function* placesOfRecords({model, component}, typedAt) {
    const {root} = toRaw(model);
    if (!root || !isOfView(toRaw(model), component)) {
        return;
    }
    const {resModel, context} = root;
    const scope = {model: resModel, room: roomOf(model, context)};
    const resId = isForm(root) ? root.resId : undefined;
    const edited = editedPlace(root, component.rootRef?.el, typedAt);
    if (!edited || edited.record !== root) {
        yield {...scope, id: resId || undefined, state: "viewing"};
    }
    if (edited) {
        const {record, field, typing} = edited;
        yield {...scope, id: record.resId, field, state: "editing", typing};
    }
}

function* placesOfReport({model, component}) {
    const {resModel, context} = component.props;
    yield {model: resModel, room: roomOf(model, context), state: "viewing"};
}

/** @param {Place} place */
export const placeKey = ({model, room, id}) => `${model}/${room || ""}/${id || ""}`;

const isStronger = (place, other) => !other || place.state === "editing";

/**
 * @param {import("../core/realtime_service").RealtimeService} realtime knows what is
 *  mounted in this tab
 * @param {{typedAt?: number, isHidden?: boolean}} [tab] `isHidden`: nobody looks at it
 * @returns {Place[]} without empty keys
 */
export function collectPlaces(realtime, {typedAt = 0, isHidden = false} = {}) {
    const found = [
        ...[...realtime.patchers.values()].flatMap((patcher) => [
            ...placesOfRecords(patcher, typedAt),
        ]),
        ...[...realtime.reports].flatMap((report) => [...placesOfReport(report)]),
    ];
    const places = new Map();
    for (const place of found.filter(({model}) => isPresenceOn(model))) {
        const key = placeKey(place);
        if (isStronger(place, places.get(key))) {
            places.set(key, place);
        }
    }
    return [...places.values()]
        .slice(0, MAX_PLACES)
        .map(({field, typing, ...place}) =>
            JSON.parse(
                JSON.stringify(
                    isHidden ? {...place, state: "idle"} : {...place, field, typing}
                )
            )
        );
}
