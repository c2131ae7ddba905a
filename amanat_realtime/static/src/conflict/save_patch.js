import {toRaw} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {patch} from "@web/core/utils/patch";
import {DynamicList} from "@web/model/relational_model/dynamic_list";
import {Record} from "@web/model/relational_model/record";
import {keepUnsaved} from "../connection/keep_unsaved";
import {guarded} from "../core/log";
import {withdrawQuestion} from "./ask";
import {isConflictError} from "./conflict_error";
import {settle} from "./field_conflict";
import {noteIfDeleted} from "./deleted_record";
import {noteOwnSave} from "./own_save";
import {noteReordered} from "./reorder_conflict";
import {resolveElsewhere, resolveInPlace} from "./resolve";
import {adoptSavedLines} from "./saved_lines";
import {contextOfBeacon, isGuarded, rememberOrigin, reordering} from "./sent_bases";

/** What a beacon sends with the context of a record: it goes past the ORM service. */
let beacon = {record: null, keys: {}};

async function onSaveError(record, error, params, onError) {
    if (isConflictError(error)) {
        if (record.isInEdition) {
            resolveInPlace(record, error);
        } else {
            record._discard();
            resolveElsewhere(record.model, error);
        }
        return false;
    }
    if (error instanceof ConnectionLostError) {
        return keepUnsaved(record);
    }
    if (await noteIfDeleted(record, error)) {
        return false;
    }
    if (onError) {
        return onError(error, params);
    }
    // as without a handler
    if (!record.isInEdition) {
        await record._load({});
    }
    throw error;
}

patch(Record.prototype, {
    get context() {
        const context = super.context;
        return toRaw(this) === beacon.record ? {...context, ...beacon.keys} : context;
    },

    _getChanges() {
        const changes = super._getChanges(...arguments);
        guarded("could not remember an origin", () => rememberOrigin(changes, this));
        return changes;
    },

    async _save(options = {}) {
        if (!isGuarded(this)) {
            return super._save(...arguments);
        }
        const saving = () =>
            super._save({
                ...options,
                onError: (error, params) =>
                    onSaveError(this, error, params, options.onError),
            });
        const onOwnSave = guarded("could not note a save", () => noteOwnSave(this));
        const saved = await (this.model._urgentSave
            ? sendingBeacon(this, saving)
            : saving());
        if (saved) {
            guarded("could not settle conflicts", () => {
                if (options.reload === false) {
                    adoptSavedLines(this);
                }
                onOwnSave?.();
                settle(this);
                withdrawQuestion(this);
            });
        }
        return saved;
    },
});

/** Core sends the beacon before it waits for anything. */
function sendingBeacon(record, fn) {
    beacon = {record: toRaw(record), keys: contextOfBeacon(record)};
    try {
        return fn();
    } finally {
        beacon = {record: null, keys: {}};
    }
}

patch(DynamicList.prototype, {
    async _multiSave() {
        try {
            return await super._multiSave(...arguments);
        } catch (error) {
            if (!isConflictError(error)) {
                throw error;
            }
            resolveElsewhere(this.model, error);
            return false;
        }
    },

    async _resequence(originalList) {
        try {
            return await reordering(originalList, () =>
                super._resequence(...arguments)
            );
        } catch (error) {
            if (!isConflictError(error)) {
                throw error;
            }
            noteReordered(this.model, error);
        }
    },
});
