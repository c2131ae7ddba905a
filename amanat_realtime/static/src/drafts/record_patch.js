import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";
import {guarded, report} from "../core/log";

function draftsOf(record) {
    return record.model.env?.services?.amanat_realtime_drafts;
}

patch(Record.prototype, {
    async _save() {
        const {resId} = this;
        const saved = await super._save(...arguments);
        if (saved && resId) {
            // Nobody waits for that, least of all who leaves the form.
            draftsOf(this)
                ?.onSaved(this, resId)
                .catch((error) => report("could not delete used drafts", error));
        }
        return saved;
    },

    _discard() {
        const result = super._discard(...arguments);
        guarded("could not offer drafts again", () =>
            draftsOf(this)?.onDiscarded(this)
        );
        return result;
    },
});
