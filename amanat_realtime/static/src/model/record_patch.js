import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {goneText} from "../views/notices";
import {bumpEpoch} from "./epoch";

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
        bumpEpoch(this.model);
        const saved = await super._save(...arguments);
        bumpEpoch(this.model);
        return saved;
    },
});
