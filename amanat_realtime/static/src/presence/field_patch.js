import {patch} from "@web/core/utils/patch";
import {Field} from "@web/views/fields/field";
import {guarded} from "../core/log";
import {FieldTag} from "./field_tag";

patch(Field.prototype, {
    /** A conflict in the field says more, and needs the room. */
    get amanatFieldTag() {
        return guarded("could not show who edits a field", () => {
            const {record, name} = this.props;
            const isEdited = record.amanatEditors?.[name];
            return isEdited && !record.amanatConflicts?.[name] ? FieldTag : null;
        });
    },
});
