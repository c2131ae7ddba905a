import {patch} from "@web/core/utils/patch";
import {Record} from "@web/model/relational_model/record";

/** One property that tells of a change of any value, for those who watch many records. */
patch(Record.prototype, {
    setup() {
        this.amanatVersion = 0;
        super.setup(...arguments);
    },

    _setEvalContext() {
        super._setEvalContext(...arguments);
        this.amanatVersion++;
    },
});
