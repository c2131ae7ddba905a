import {markRaw, toRaw} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {StaticList} from "@web/model/relational_model/static_list";
import {guarded} from "../core/log";
import {captureBase, rebase} from "./base_values";
import {forgetAll, isContested, reopenAll, settle} from "./field_conflict";
import {isRemoval} from "./line_list";

/** What was being typed is a change from now on, with the base it had. */
function endTyping(record, fieldNames) {
    const typed = fieldNames.filter((name) => record.amanatTyped.delete(name));
    if (typed.length) {
        record.model.env.services?.editing_state?.onCommitted(record, typed);
    }
}

patch(Record.prototype, {
    setup() {
        /** What the person started from, by field. */
        this.amanatBases = markRaw({});
        /** @type {Record<string, import("./field_conflict").FieldConflict>} */
        this.amanatConflicts = {};
        /** Fields with text that is not committed, and where it is. */
        this.amanatTyped = markRaw(new Map());
        /** Field that is changed by dragging the card, whose base is known already. */
        this.amanatDragged = null;
        super.setup(...arguments);
    },

    _applyChanges(changes, serverChanges = {}) {
        guarded("could not remember base values", () => {
            for (const fieldName of Object.keys({...changes, ...serverChanges})) {
                const isKnown =
                    fieldName in this._changes ||
                    this.amanatTyped.has(fieldName) ||
                    this.amanatDragged === fieldName ||
                    isContested(this, fieldName);
                (isKnown ? captureBase : rebase)(this, fieldName);
            }
        });
        const undo = super._applyChanges(...arguments);
        guarded("could not end typing", () => endTyping(this, Object.keys(changes)));
        return undo;
    },

    _setData() {
        const isSame = this.amanatShownId === this.resId;
        this.amanatShownId = this.resId;
        const result = super._setData(...arguments);
        guarded("could not forget base values", () =>
            isSame ? settle(this) : forgetAll(this)
        );
        return result;
    },

    _addSavePoint() {
        const result = super._addSavePoint(...arguments);
        this.amanatSavePoint = {...this.amanatBases};
        return result;
    },

    _discard() {
        const bases = this._savePoint ? this.amanatSavePoint : null;
        const result = super._discard(...arguments);
        guarded("could not forget base values", () => {
            this.amanatTyped.clear();
            if (bases) {
                Object.assign(this.amanatBases, bases);
                reopenAll(this);
            }
            settle(this);
        });
        return result;
    },
});

patch(StaticList.prototype, {
    _applyCommands(commands) {
        guarded("could not remember the base of a line", () => {
            for (const command of commands) {
                const line = isRemoval(command) && this._cache[command[1]];
                Object.keys((line && toRaw(line)._values) || {}).forEach((fieldName) =>
                    captureBase(line, fieldName)
                );
            }
        });
        return super._applyCommands(...arguments);
    },
});
