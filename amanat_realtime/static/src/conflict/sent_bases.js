import {hasConflictGuard} from "../core/live_models";
import {guarded} from "../core/log";
import {basePayload} from "./base_payload";

export const BASE_KEY = "amanat_realtime_base";
export const UNATTENDED_KEY = "amanat_realtime_unattended";

/** The record that each set of values to be saved was taken from. */
const origins = new WeakMap();

/**
 * @param {Record<string, any>} values about to be sent
 * @param {object} record
 */
export function rememberOrigin(values, record) {
    origins.set(values, record);
}

/** @returns {boolean} whether the server compares what the record is saved with */
export function isGuarded(record) {
    const isFollowed = record.model.env?.services?.amanat_realtime;
    return Boolean(isFollowed && hasConflictGuard(record.resModel));
}

/** All records that get the values of one: those that are edited together. */
function savedRecords(origin, ids) {
    const {root} = origin.model;
    // the origin last, for a record may be there twice
    const candidates = [...(root.selection || []), origin];
    return candidates.filter(({resId}) => resId && ids.includes(resId));
}

function keysFor(entries) {
    const known = entries.filter(([, record]) => record && isGuarded(record));
    if (!known.length) {
        return {};
    }
    const bases = known.map(([id, record, values]) => [
        id,
        basePayload(record, values),
    ]);
    const unattended = known[0][1].model._urgentSave;
    return {
        [BASE_KEY]: Object.fromEntries(bases),
        ...(unattended ? {[UNATTENDED_KEY]: true} : {}),
    };
}

const safely = (fn) => guarded("could not send base values", fn) || {};

/**
 * @param {number[]} ids
 * @param {Record<string, any>} values given to all of them
 * @returns {Record<string, any>} keys for the context of the save
 */
export function contextOfSave(ids, values) {
    return safely(() => {
        const origin = origins.get(values);
        const records = origin ? savedRecords(origin, ids) : [];
        return keysFor(records.map((record) => [record.resId, record, values]));
    });
}

/**
 * @param {number[]} ids
 * @param {Record<string, any>[]} valuesList
 */
export function contextOfMultiSave(ids, valuesList) {
    return safely(() =>
        keysFor(ids.map((id, i) => [id, origins.get(valuesList[i]), valuesList[i]]))
    );
}

/**
 * @param {object} record saved by a beacon, past the ORM service
 */
export function contextOfBeacon(record) {
    return safely(() => keysFor([[record.resId, record, record._getChanges()]]));
}

/** Records of the list whose order is being saved: the call that saves knows ids only. */
let reordered = [];

/**
 * @template T
 * @param {object[]} records
 * @param {() => T} fn saves their order before it returns or waits
 * @returns {T}
 */
export function reordering(records, fn) {
    reordered = records;
    try {
        return fn();
    } finally {
        reordered = [];
    }
}

/**
 * @param {string} resModel
 * @param {number[]} ids
 * @param {string} fieldName
 */
export function contextOfResequence(resModel, ids, fieldName) {
    return safely(() => {
        const moved = reordered.filter(
            (record) =>
                record.resModel === resModel &&
                ids.includes(record.resId) &&
                fieldName in (record._values || {}) &&
                isGuarded(record)
        );
        const bases = moved.map((record) => [
            record.resId,
            {[fieldName]: record._values[fieldName]},
        ]);
        return bases.length ? {[BASE_KEY]: Object.fromEntries(bases)} : {};
    });
}
