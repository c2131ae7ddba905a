import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";

function isGone(record) {
    return Boolean(
        record.amanatGone || (record._parentRecord && isGone(record._parentRecord))
    );
}

patch(Record.prototype, {
    /**
     * The server has nothing to compute from, and its refusal would make the form throw
     * away what was typed.
     */
    _update(changes, options) {
        const withoutOnchange = isGone(this) || options?.withoutOnchange;
        return super._update(changes, {...options, withoutOnchange});
    },
});
