import {markRaw, toRaw} from "@odoo/owl";
import {x2ManyCommands} from "@web/core/orm_service";
import {patch} from "@web/core/utils/patch";
import {DynamicGroupList} from "@web/model/relational_model/dynamic_group_list";
import {Record} from "@web/model/relational_model/record";
import {StaticList} from "@web/model/relational_model/static_list";
import {guarded} from "../core/log";
import {captureBase, rebase} from "./base_values";
import {isContested, settle} from "./field_conflict";

const {DELETE, UNLINK} = x2ManyCommands;

patch(Record.prototype, {
    setup() {
        /** What the person started from, by field. */
        this.amanatBases = markRaw({});
        /** @type {Record<string, import("./field_conflict").FieldConflict>} */
        this.amanatConflicts = {};
        super.setup(...arguments);
    },

    _applyChanges(changes, serverChanges = {}) {
        guarded("could not remember base values", () => {
            for (const fieldName of Object.keys({...changes, ...serverChanges})) {
                if (fieldName in this._changes || isContested(this, fieldName)) {
                    captureBase(this, fieldName);
                } else {
                    rebase(this, fieldName);
                }
            }
        });
        return super._applyChanges(...arguments);
    },

    _setData() {
        const result = super._setData(...arguments);
        guarded("could not forget base values", () => settle(this));
        return result;
    },

    _discard() {
        const result = super._discard(...arguments);
        guarded("could not forget base values", () => settle(this));
        return result;
    },
});

patch(StaticList.prototype, {
    _applyCommands(commands) {
        guarded("could not remember the base of a line", () => {
            for (const [code, id] of commands) {
                const line = [DELETE, UNLINK].includes(code) && this._cache[id];
                Object.keys((line && toRaw(line)._values) || {}).forEach((fieldName) =>
                    captureBase(line, fieldName)
                );
            }
        });
        return super._applyCommands(...arguments);
    },
});

/** The field that a kanban is grouped by need not be loaded: the column tells its value. */
function noteColumn(list, recordId, groupId) {
    const group = list.groups.find(({id}) => id === groupId);
    const record = group?.list.records.find(({id}) => id === recordId);
    const {name, type} = group?.groupByField || {};
    if (record && !(name in record._values)) {
        const {value, displayName} = group;
        record.amanatBases[name] =
            type === "many2one" && value ? {id: value, display_name: displayName} : value;
    }
}

patch(DynamicGroupList.prototype, {
    moveRecord(recordId, groupId) {
        guarded("could not remember a column", () => noteColumn(this, recordId, groupId));
        return super.moveRecord(...arguments);
    },
});
