import {toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {effect} from "@web/core/utils/reactive";
import {canRestore, discardGone, restoreAsNew} from "../conflict/restore";
import {guarded} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {rootRecords} from "../model/datapoints";
import {goneText} from "./notices";

const offered = new WeakSet();

/** Committed or not: the offer to keep them makes sense only if there are some. */
function hasChanges(record, {editing_state: editing}) {
    return record.dirty || editing.typed?.record?.id === record.id;
}

function noticeText(record, reason, services) {
    const text = hasChanges(record, services)
        ? _t("%(deleted)s. Your changes are still in the row.", {
              deleted: goneText(reason),
          })
        : _t("%(deleted)s. The row is kept while you are in it.", {
              deleted: goneText(reason),
          });
    return text.toString();
}

/** A click outside of a list makes it save the row, which this one is about to answer. */
function button(name, action) {
    return {
        name: String(name),
        onClick: (ev) => {
            ev?.stopPropagation();
            return action();
        },
    };
}

/** @returns {() => void} call it when nobody needs to know any more */
function onceReleased(record, patcher, callback) {
    const {bus} = patcher.env;
    let isDone = false;
    const done = () => {
        if (!isDone) {
            isDone = true;
            bus.removeEventListener("ACTION_MANAGER:UI-UPDATED", check);
            callback();
        }
    };
    const isShown = ({root}) =>
        !patcher.destroyed && rootRecords(root).some(({id}) => id === record.id);
    function check() {
        if (!isDone && !isShown(patcher.model)) {
            done();
        }
    }
    bus.addEventListener("ACTION_MANAGER:UI-UPDATED", check);
    effect(
        (model) => {
            if (!isDone && !isShown(model)) {
                done();
            }
        },
        [patcher.model]
    );
    return done;
}

function offer(record, reason) {
    const {services} = record.model.env;
    const patcher = patcherOf(record.model);
    if (!patcher || !reason.deleted || record._parentRecord) {
        return;
    }
    if (!record.isInEdition && !record.dirty) {
        return;
    }
    if (offered.has(toRaw(record))) {
        return;
    }
    offered.add(toRaw(record));
    const buttons = [button(_t("Discard"), () => discardGone(record))];
    if (canRestore(record, reason)) {
        const restore = button(_t("Restore as new"), () => restoreAsNew(record));
        buttons.unshift({...restore, primary: true});
    }
    let stopWatching = null;
    const close = services.notification.add(noticeText(record, reason, services), {
        type: "warning",
        sticky: true,
        className: "o_amanat_gone_row_notice",
        buttons,
        onClose: () => stopWatching?.(),
    });
    stopWatching = onceReleased(record, patcher, close);
}

/**
 * A row that is being changed was deleted by somebody: offer what the banner of a form
 * offers, once. Closes by itself when the row is let go of.
 *
 * @param {object} record with `amanatGone` set
 * @param {import("../model/departures").Reason} reason
 */
export function offerRestore(record, reason) {
    guarded("could not offer to restore a row", () => offer(record, reason));
}
