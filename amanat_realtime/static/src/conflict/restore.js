import {toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {patcherOf} from "../core/patcher_of";
import {isForm} from "../model/datapoints";
import {isX2many} from "../model/record_diff";
import {createValues} from "./create_values";

/** Records that were made again, or are about to be: never twice. */
const restored = new WeakSet();

/**
 * @param {object} record
 * @param {import("../model/departures").Reason} [reason]
 * @returns {boolean} whether the person may make it again where it is shown
 */
export function canRestore(record, reason = record.amanatGone) {
    const {component} = patcherOf(record.model) || {};
    const canCreate =
        component?.canCreate ?? component?.props.archInfo?.activeActions?.create;
    return Boolean(reason?.deleted && !record._parentRecord && canCreate);
}

function isRootOfForm(record) {
    return isForm(record.model.root) && record.model.root.id === record.id;
}

/** As core does before it saves: lines that were begun and left empty do not count. */
function abandonEmptyLines(record) {
    for (const fieldName of Object.keys(record.activeFields)) {
        const field = record.fields[fieldName];
        if (isX2many(field) && !field.relatedPropertyField) {
            record.data[fieldName]._abandonRecords();
        }
    }
}

function replaced(ids, oldId, newId) {
    return ids.includes(oldId)
        ? ids.map((id) => (id === oldId ? newId : id))
        : [...ids, newId];
}

/** A row that was kept for the person may go now. */
function letGo(record) {
    record._discard();
    if (record.isInEdition) {
        record._switchMode("readonly");
    }
    if (record.selected) {
        record._toggleSelection(false);
    }
    patcherOf(record.model)?.departures.sweep();
}

function tellRestored({notification}, leftOut) {
    if (!leftOut.length) {
        const text = _t("The record was restored as a new one.");
        notification.add(String(text), {type: "success"});
        return;
    }
    const text = _t(
        "The record was restored as a new one. What could not be restored: %(fields)s.",
        {fields: formatList(leftOut)}
    );
    notification.add(String(text), {type: "warning", sticky: true});
}

async function create(record) {
    abandonEmptyLines(record);
    if (!record._checkValidity({displayNotification: true})) {
        return null;
    }
    const {values, leftOut} = createValues(record);
    const [{id}] = await record.model.orm.webSave(record.resModel, [], values, {
        context: record.context,
        specification: {},
    });
    return {id, leftOut};
}

async function show(record, newId) {
    const {model, resId, resIds} = record;
    if (isRootOfForm(record)) {
        await model.load({resId: newId, resIds: replaced(resIds, resId, newId)});
    } else {
        letGo(record);
        patcherOf(record.model)?.refresher.reconcile();
    }
}

/**
 * Create a record that somebody deleted once more, with what is on screen, and show it in
 * its place.
 *
 * @param {object} record of a form or a row of a list
 * @returns {Promise<boolean>} false if something on screen is not valid
 * @throws {Error} what the server has against it; everything on screen is still there
 */
export async function restoreAsNew(record) {
    const {model} = record;
    const raw = toRaw(record);
    if (restored.has(raw)) {
        return false;
    }
    restored.add(raw);
    try {
        await model._askChanges();
        return await model.mutex.exec(async () => {
            const created = await create(record);
            if (!created) {
                restored.delete(raw);
                return false;
            }
            tellRestored(model, created.leftOut);
            await show(record, created.id);
            return true;
        });
    } catch (error) {
        restored.delete(raw);
        throw error;
    }
}

/** The way out of a form: back, or to the record that takes its place in the pager. */
async function leaveForm(record, component) {
    const {env, props} = component;
    const {model, resId, resIds} = record;
    if (env.inDialog) {
        return component.discard();
    }
    await record.discard();
    props.onDiscard?.(record);
    const left = resIds.filter((id) => id !== resId);
    const nextId = left[Math.min(resIds.indexOf(resId), left.length - 1)];
    if (env.config.breadcrumbs.length > 1 || !(nextId || component.canCreate)) {
        return env.config.historyBack();
    }
    return model.load({resId: nextId || false, resIds: left});
}

/**
 * Let a record go that is not there any more, with the changes that were made to it here.
 *
 * @param {object} record of a form or a row of a list
 * @returns {Promise<void>}
 */
export async function discardGone(record) {
    const {component} = patcherOf(record.model) || {};
    if (isRootOfForm(record) && component) {
        await leaveForm(record, component);
    } else {
        await record.model.mutex.exec(() => letGo(record));
    }
}
