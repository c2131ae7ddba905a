import {patch} from "@web/core/utils/patch";
import {Field} from "@web/views/fields/field";
import {ConflictMark} from "./conflict_mark";

patch(Field.prototype, {
    /** Not in `components`: subclasses that define their own would lack it. */
    get amanatConflictMark() {
        return ConflictMark;
    },
});
