import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {guarded} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {goneText} from "../views/notices";

patch(Record.prototype, {
    setup() {
        /** Why the record is no longer there for this person, if so. */
        this.amanatGone = null;
        super.setup(...arguments);
    },

    _setData() {
        // Only a record that exists is loaded.
        this.amanatGone = null;
        return super._setData(...arguments);
    },

    async _save() {
        if (this.amanatGone && Object.keys(this._getChanges()).length) {
            if (this.model._urgentSave) {
                return true;
            }
            const text = goneText(this.amanatGone);
            this.model.notification.add(text, {type: "danger"});
            return false;
        }
        const saved = await super._save(...arguments);
        this.amanatRelease();
        return saved;
    },

    _switchMode(mode) {
        super._switchMode(...arguments);
        if (mode === "readonly") {
            this.amanatRelease();
        }
    },

    /** The save that a click began may be answered long after it. */
    amanatRelease() {
        guarded("could not release a record", () => patcherOf(this.model)?.release());
    },
});
